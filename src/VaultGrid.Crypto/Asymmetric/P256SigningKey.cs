using System.Diagnostics;
using System.Security.Cryptography;

namespace VaultGrid.Crypto;

/// <summary>A P-256 private key that only signs: ECDSA with SHA-256. While it is in use its scalar is also in OpenSSL's memory, which is not locked.</summary>
[DebuggerDisplay("P256SigningKey(redacted)")]
public sealed class P256SigningKey : IDisposable
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly ECDsa _key;

    private P256SigningKey(ECDsa key)
    {
        _key = key;
        PublicKey = P256PublicKey.Of(key);
    }

    /// <summary>The key that verifies; it belongs to this object.</summary>
    public P256PublicKey PublicKey { get; }

    /// <summary>The platform's key object, for certificate requests. It stays this object's.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal ECDsa Platform => _key;

    /// <summary>Draws a key.</summary>
    public static P256SigningKey Generate() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Loads a stored key.</summary>
    /// <param name="scalar">32 bytes, big-endian; stays the caller's.</param>
    /// <returns>The key, or <see cref="RefusalCode.InputMalformed"/>.</returns>
    public static Outcome<P256SigningKey> Import(SecretBytes scalar)
    {
        ArgumentNullException.ThrowIfNull(scalar);
        P256SigningKey? key = null;
        return P256.TryImport(scalar, parameters => (key = new(ECDsa.Create(parameters))) is not null) ? key! : P256.NotAScalar;
    }

    /// <summary>Signs.</summary>
    /// <param name="message">Any length.</param>
    /// <returns>DER (RFC 3279), verified before it is handed out.</returns>
    public byte[] Sign(ReadOnlySpan<byte> message) => SignDigest(Hash256.Sha256(message));

    /// <summary>Signs a digest that whoever asks has computed.</summary>
    /// <param name="digest">SHA-256 of the message.</param>
    /// <returns>DER (RFC 3279), verified before it is handed out.</returns>
    public byte[] SignDigest(Hash256 digest)
    {
        var signature = _key.SignHash(digest.AsSpan(), DSASignatureFormat.Rfc3279DerSequence);
        return PublicKey.VerifyDigest(digest.AsSpan(), signature)
            ? signature
            : throw new NativeCallException("ECDSA_sign (verification of its result)", 0);
    }

    /// <summary>The scalar, to be stored sealed.</summary>
    /// <returns>32 bytes, big-endian.</returns>
    public SecretBytes Export() => P256.Scalar(_key.ExportParameters(includePrivateParameters: true));

    /// <summary>Releases the key; OpenSSL wipes it.</summary>
    public void Dispose() => _key.Dispose();

    /// <summary>Always the same text.</summary>
    public override string ToString() => "P256SigningKey(redacted)";
}
