namespace VaultGrid.Crypto.Bitcoin;

/// <summary>A native segwit address (BIP-141, BIP-173, BIP-350): network, witness version and witness program. Written in lower case.</summary>
public sealed class SegwitAddress : IEquatable<SegwitAddress>
{
    private const byte MaxVersion = 16;
    private const byte OpPushVersionOne = 0x51;

    private readonly byte[] _program;

    private SegwitAddress(BitcoinNetwork network, byte version, byte[] program) => (Network, Version, _program) = (network, version, program);

    /// <summary>The network.</summary>
    public BitcoinNetwork Network { get; }

    /// <summary>Witness version, 0 to 16.</summary>
    public byte Version { get; }

    /// <summary>Witness program, 2 to 40 bytes.</summary>
    public ReadOnlySpan<byte> Program => _program;

    /// <summary>The locking script that pays to this address: version, length, program (BIP-141).</summary>
    public byte[] ScriptPubKey => [(byte)(Version == 0 ? 0 : OpPushVersionOne + Version - 1), (byte)_program.Length, .. _program];

    /// <summary>The address that pays to the hash of a key (P2WPKH; BIP-84 gives the paths).</summary>
    public static SegwitAddress P2wpkh(PublicKey key, BitcoinNetwork network)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new SegwitAddress(network, 0, Hash160.Of(key.Compressed));
    }

    /// <summary>The address that pays to a key by taproot without scripts (P2TR; BIP-86 gives the paths).</summary>
    public static SegwitAddress P2tr(PublicKey internalKey, BitcoinNetwork network)
    {
        ArgumentNullException.ThrowIfNull(internalKey);
        return P2tr(TaprootOutput.Of(internalKey.ToXOnly()), network);
    }

    /// <summary>The address of a taproot output.</summary>
    public static SegwitAddress P2tr(TaprootOutput output, BitcoinNetwork network)
    {
        ArgumentNullException.ThrowIfNull(output);
        return new SegwitAddress(network, 1, output.Key.Bytes.ToArray());
    }

    /// <summary>The address of any witness program.</summary>
    /// <returns>The address, or <see cref="RefusalCode.InputMalformed"/>: version or length that BIP-141 does not have.</returns>
    public static Outcome<SegwitAddress> Create(BitcoinNetwork network, byte version, ReadOnlySpan<byte> program)
    {
        if (version > MaxVersion) return Malformed($"witness version {version} does not exist");
        if (program.Length is < 2 or > 40) return Malformed("a witness program has 2 to 40 bytes");
        if (version == 0 && program.Length is not (20 or 32)) return Malformed("a witness program of version 0 has 20 or 32 bytes");
        return new SegwitAddress(network, version, program.ToArray());
    }

    /// <summary>Reads an address. Strict: known prefix, the checksum that belongs to the version, no padding that says nothing.</summary>
    /// <returns>The address, or <see cref="RefusalCode.InputMalformed"/>.</returns>
    public static Outcome<SegwitAddress> Parse(string? text)
    {
        if (!Bech32.Decode(text).Is(out var parts, out var refusal)) return refusal;
        if (NetworkOf(parts.Prefix) is not { } network) return Malformed("its prefix is none of Bitcoin's");
        if (parts.Words.IsEmpty) return Malformed("it holds no witness program");

        var version = parts.Words.Span[0];
        if (Bech32.FromWords(parts.Words.Span[1..]) is not { } program) return Malformed("its last character carries needless bits");
        if (parts.Variant != VariantOf(version)) return Malformed("its checksum belongs to another witness version");
        return Create(network, version, program);
    }

    /// <inheritdoc/>
    public bool Equals(SegwitAddress? other) =>
        other is not null && Network == other.Network && Version == other.Version && PublicBytes.Equal(_program, other._program);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SegwitAddress);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Network, Version, BitConverter.ToInt16(_program, 0));

    /// <summary>The address as text, in lower case.</summary>
    public override string ToString() => Bech32.Encode(PrefixOf(Network), [Version, .. Bech32.ToWords(_program)], VariantOf(Version));

    private static Bech32Variant VariantOf(byte version) => version == 0 ? Bech32Variant.Bech32 : Bech32Variant.Bech32m;

    private static string PrefixOf(BitcoinNetwork network) => network switch
    {
        BitcoinNetwork.Mainnet => "bc",
        BitcoinNetwork.Testnet => "tb",
        BitcoinNetwork.Regtest => "bcrt",
        _ => throw new ArgumentOutOfRangeException(nameof(network), network, "Not a Bitcoin network."),
    };

    private static BitcoinNetwork? NetworkOf(string prefix) => prefix switch
    {
        "bc" => BitcoinNetwork.Mainnet,
        "tb" => BitcoinNetwork.Testnet,
        "bcrt" => BitcoinNetwork.Regtest,
        _ => null,
    };

    private static Refusal Malformed(string what) => new(RefusalCode.InputMalformed, $"not a segwit address: {what}");
}
