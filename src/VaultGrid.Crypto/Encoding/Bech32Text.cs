namespace VaultGrid.Crypto;

/// <summary>The parts of a Bech32 text.</summary>
/// <param name="Prefix">Human-readable part, in lower case.</param>
/// <param name="Words">Data, 5 bits each, without the checksum.</param>
/// <param name="Variant">Which checksum it had.</param>
public sealed record Bech32Text(string Prefix, ReadOnlyMemory<byte> Words, Bech32Variant Variant);
