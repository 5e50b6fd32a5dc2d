using System.Security.Cryptography;

namespace VaultGrid.Crypto;

/// <summary>HKDF with SHA-256 (RFC 5869), into locked memory.</summary>
public static class HkdfSha256
{
    /// <summary>The most that one derivation gives: 255 blocks of 32 bytes.</summary>
    public const int MaximumLength = 255 * 32;

    /// <summary>Extracts and expands.</summary>
    /// <param name="keyMaterial">Secret input of any length and form.</param>
    /// <param name="salt">Public; may be empty.</param>
    /// <param name="info">What the key is for; may be empty.</param>
    /// <param name="length">Bytes wanted, 1 to 8160.</param>
    public static SecretBytes Derive(SecretBytes keyMaterial, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> info, int length)
    {
        ArgumentNullException.ThrowIfNull(keyMaterial);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaximumLength);

        // One step each, so that the pseudorandom key between them lies in locked memory too.
        using var pseudorandomKey = new SecretBytes(SHA256.HashSizeInBytes);
        HKDF.Extract(HashAlgorithmName.SHA256, keyMaterial.Span, salt, pseudorandomKey.Span);
        GC.KeepAlive(keyMaterial);

        var derived = new SecretBytes(length);
        HKDF.Expand(HashAlgorithmName.SHA256, pseudorandomKey.Span, derived.Span, info);
        return derived;
    }
}
