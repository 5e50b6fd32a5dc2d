using System.Security.Cryptography;

namespace VaultGrid.Crypto;

/// <summary>Encrypts with RSA-OAEP, SHA-256 in both places and no label (RFC 8017, 7.1), to a key of at least 3072 bits.</summary>
public sealed class RsaOaepPublicKey : IDisposable
{
    /// <summary>The least and the most bits of a modulus.</summary>
    public const int MinimumBits = 3072, MaximumBits = 8192;

    private readonly RSA _key;

    private RsaOaepPublicKey(RSA key) => _key = key;

    /// <summary>The longest plaintext in bytes: 318 for 3072 bits.</summary>
    public int MaximumPlaintext => (_key.KeySize / 8) - (2 * SHA256.HashSizeInBytes) - 2;

    /// <summary>Reads a SubjectPublicKeyInfo.</summary>
    /// <returns>The key, or <see cref="RefusalCode.InputMalformed"/>, or <see cref="RefusalCode.InputUnsupported"/> for a size out of bounds.</returns>
    public static Outcome<RsaOaepPublicKey> ParseSubjectPublicKeyInfo(ReadOnlySpan<byte> der)
    {
        var key = RSA.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(der, out var read);
            if (read == der.Length && key.KeySize is >= MinimumBits and <= MaximumBits) return new RsaOaepPublicKey(key);
            key.Dispose();
            return read == der.Length
                ? new Refusal(RefusalCode.InputUnsupported, $"an RSA key has {MinimumBits} to {MaximumBits} bits here")
                : new Refusal(RefusalCode.InputMalformed, "bytes follow the RSA public key");
        }
        catch (CryptographicException)
        {
            key.Dispose();
            return new Refusal(RefusalCode.InputMalformed, "this is not an RSA public key in DER");
        }
    }

    /// <summary>The SubjectPublicKeyInfo in DER.</summary>
    public byte[] ToSubjectPublicKeyInfo() => _key.ExportSubjectPublicKeyInfo();

    /// <summary>Encrypts.</summary>
    /// <param name="plaintext">At most <see cref="MaximumPlaintext"/> bytes.</param>
    /// <returns>As many bytes as the modulus has.</returns>
    public byte[] Encrypt(SecretBytes plaintext)
    {
        ArgumentNullException.ThrowIfNull(plaintext);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(plaintext.Length, MaximumPlaintext, nameof(plaintext));
        var ciphertext = _key.Encrypt(plaintext.Span, RSAEncryptionPadding.OaepSHA256);
        GC.KeepAlive(plaintext);
        return ciphertext;
    }

    /// <summary>Releases the platform's key object.</summary>
    public void Dispose() => _key.Dispose();
}
