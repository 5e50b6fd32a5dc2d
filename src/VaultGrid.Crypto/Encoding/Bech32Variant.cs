namespace VaultGrid.Crypto;

/// <summary>Which checksum a text has.</summary>
public enum Bech32Variant
{
    /// <summary>BIP-173; in Bitcoin for witness version 0.</summary>
    Bech32,

    /// <summary>BIP-350; in Bitcoin for witness versions 1 to 16.</summary>
    Bech32m,
}
