using System.Diagnostics;
using System.Security.Cryptography;

namespace VaultGrid.Crypto;

/// <summary>Decrypts what <see cref="RsaOaepPublicKey"/> encrypts. The key lies in OpenSSL's memory, which is not locked but wiped when freed.</summary>
[DebuggerDisplay("RsaOaepPrivateKey(redacted)")]
public sealed class RsaOaepPrivateKey : IDisposable
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly RSA _key;

    private RsaOaepPrivateKey(RSA key) => _key = key;

    /// <summary>Draws a key; takes a second or so.</summary>
    /// <param name="bits">At least 3072.</param>
    public static RsaOaepPrivateKey Generate(int bits = RsaOaepPublicKey.MinimumBits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, RsaOaepPublicKey.MinimumBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, RsaOaepPublicKey.MaximumBits);
        return new RsaOaepPrivateKey(RSA.Create(bits));
    }

    /// <summary>Loads a stored key.</summary>
    /// <param name="pkcs8">PrivateKeyInfo in DER (RFC 5208); stays the caller's.</param>
    /// <returns>The key, or <see cref="RefusalCode.InputMalformed"/>, or <see cref="RefusalCode.InputUnsupported"/> for a size out of bounds.</returns>
    public static Outcome<RsaOaepPrivateKey> Import(SecretBytes pkcs8)
    {
        ArgumentNullException.ThrowIfNull(pkcs8);
        var key = RSA.Create();
        try
        {
            key.ImportPkcs8PrivateKey(pkcs8.Span, out var read);
            GC.KeepAlive(pkcs8);
            if (read == pkcs8.Length && key.KeySize is >= RsaOaepPublicKey.MinimumBits and <= RsaOaepPublicKey.MaximumBits)
                return new RsaOaepPrivateKey(key);
            key.Dispose();
            return new Refusal(RefusalCode.InputUnsupported, $"an RSA key has {RsaOaepPublicKey.MinimumBits} to {RsaOaepPublicKey.MaximumBits} bits here, and nothing follows it");
        }
        catch (CryptographicException)
        {
            key.Dispose();
            return new Refusal(RefusalCode.InputMalformed, "this is not an RSA private key in DER");
        }
    }

    /// <summary>The key that encrypts to this one.</summary>
    public RsaOaepPublicKey ToPublic() => RsaOaepPublicKey.ParseSubjectPublicKeyInfo(_key.ExportSubjectPublicKeyInfo()).Value;

    /// <summary>Decrypts, into locked memory.</summary>
    /// <param name="ciphertext">As many bytes as the modulus has.</param>
    /// <returns>The plaintext, or <see cref="RefusalCode.InputMalformed"/>: one answer for every cause, so that none can be told from another (Manger's attack).</returns>
    public Outcome<SecretBytes> Decrypt(ReadOnlySpan<byte> ciphertext)
    {
        using var room = new SecretBytes(_key.KeySize / 8);
        try
        {
            if (ciphertext.Length == room.Length && _key.TryDecrypt(ciphertext, room.Span, RSAEncryptionPadding.OaepSHA256, out var written))
                return room.Slice(0, written);
        }
        catch (CryptographicException)
        {
            // Falls through to the one answer.
        }
        return new Refusal(RefusalCode.InputMalformed, "the ciphertext is not one of RSA-OAEP for this key");
    }

    /// <summary>The key as PrivateKeyInfo in DER, to be stored sealed.</summary>
    public SecretBytes Export()
    {
        // 8 KiB hold a key of 8192 bits.
        using var room = new SecretBytes(8 * 1024);
        return _key.TryExportPkcs8PrivateKey(room.Span, out var written)
            ? room.Slice(0, written)
            : throw new InvalidOperationException("The key is longer than it can be.");
    }

    /// <summary>Releases the key; OpenSSL wipes it.</summary>
    public void Dispose() => _key.Dispose();

    /// <summary>Always the same text.</summary>
    public override string ToString() => "RsaOaepPrivateKey(redacted)";
}
