using System.Diagnostics;
using System.Security.Cryptography;

namespace VaultGrid.Crypto;

/// <summary>Signs with RSA-PSS, SHA-256 in all places and a salt of 32 bytes (RFC 8017, 8.1). The key lies in OpenSSL's memory, which is not locked but wiped when freed.</summary>
[DebuggerDisplay("RsaPssPrivateKey(redacted)")]
public sealed class RsaPssPrivateKey : IDisposable
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly RSA _key;

    private RsaPssPrivateKey(RSA key) => _key = key;

    /// <summary>Loads a stored key.</summary>
    /// <param name="pkcs8">PrivateKeyInfo in DER (RFC 5208); stays the caller's.</param>
    /// <returns>The key, or <see cref="RefusalCode.InputMalformed"/>, or <see cref="RefusalCode.InputUnsupported"/> for a size out of bounds.</returns>
    public static Outcome<RsaPssPrivateKey> Import(SecretBytes pkcs8)
    {
        ArgumentNullException.ThrowIfNull(pkcs8);
        var key = RSA.Create();
        try
        {
            key.ImportPkcs8PrivateKey(pkcs8.Span, out var read);
            GC.KeepAlive(pkcs8);
            if (read == pkcs8.Length && key.KeySize is >= RsaOaepPublicKey.MinimumBits and <= RsaOaepPublicKey.MaximumBits) return new RsaPssPrivateKey(key);
            key.Dispose();
            return new Refusal(RefusalCode.InputUnsupported, $"an RSA key has {RsaOaepPublicKey.MinimumBits} to {RsaOaepPublicKey.MaximumBits} bits here, and nothing follows it");
        }
        catch (CryptographicException)
        {
            key.Dispose();
            return new Refusal(RefusalCode.InputMalformed, "this is not an RSA private key in DER");
        }
    }

    /// <summary>Signs a digest that whoever asks has computed.</summary>
    /// <param name="digest">SHA-256 of the message.</param>
    /// <returns>As many bytes as the modulus has, verified before they are handed out (a faulty CRT signature gives the key away).</returns>
    public byte[] SignDigest(Hash256 digest)
    {
        var signature = _key.SignHash(digest.AsSpan(), HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        return _key.VerifyHash(digest.AsSpan(), signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)
            ? signature
            : throw new InvalidOperationException("The platform signed what doesn't verify.");
    }

    /// <summary>Releases the key; OpenSSL wipes it.</summary>
    public void Dispose() => _key.Dispose();

    /// <summary>Always the same text.</summary>
    public override string ToString() => "RsaPssPrivateKey(redacted)";
}
