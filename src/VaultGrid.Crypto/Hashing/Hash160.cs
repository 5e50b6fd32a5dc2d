using System.Security.Cryptography;

namespace VaultGrid.Crypto;

/// <summary>HASH160 of Bitcoin: RIPEMD-160 of SHA-256. Key fingerprints of BIP-32 and the programs of P2WPKH (BIP-141) are made of it.</summary>
public static class Hash160
{
    /// <summary>Length of a digest in bytes.</summary>
    public const int Size = Ripemd160.Size;

    /// <summary>Writes the digest of <paramref name="data"/> to the first 20 bytes of <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than 20 bytes.</exception>
    public static void Of(ReadOnlySpan<byte> data, Span<byte> destination)
    {
        Span<byte> inner = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(data, inner);
        Ripemd160.Hash(inner, destination);
    }

    /// <summary>The digest of <paramref name="data"/>, 20 bytes.</summary>
    public static byte[] Of(ReadOnlySpan<byte> data)
    {
        var digest = new byte[Size];
        Of(data, digest);
        return digest;
    }
}
