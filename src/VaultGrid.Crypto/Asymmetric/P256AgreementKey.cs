using System.Diagnostics;
using System.Security.Cryptography;

namespace VaultGrid.Crypto;

/// <summary>A P-256 private key that only agrees on secrets (ECDH, NIST SP 800-56A). While it is in use its scalar is also in OpenSSL's memory, which is not locked.</summary>
[DebuggerDisplay("P256AgreementKey(redacted)")]
public sealed class P256AgreementKey : IDisposable
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly ECDiffieHellman _key;

    private P256AgreementKey(ECDiffieHellman key)
    {
        _key = key;
        PublicKey = P256PublicKey.Of(key);
    }

    /// <summary>What the other side needs; it belongs to this object.</summary>
    public P256PublicKey PublicKey { get; }

    /// <summary>Draws a key.</summary>
    public static P256AgreementKey Generate() => new(ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Loads a stored key.</summary>
    /// <param name="scalar">32 bytes, big-endian; stays the caller's.</param>
    /// <returns>The key, or <see cref="RefusalCode.InputMalformed"/>.</returns>
    public static Outcome<P256AgreementKey> Import(SecretBytes scalar)
    {
        ArgumentNullException.ThrowIfNull(scalar);
        P256AgreementKey? key = null;
        return P256.TryImport(scalar, parameters => (key = new(ECDiffieHellman.Create(parameters))) is not null) ? key! : P256.NotAScalar;
    }

    /// <summary>The x coordinate of the shared point: input for a key derivation, not a key.</summary>
    /// <param name="peer">The other side's key; it is on the curve, or it would not exist, and P-256 has no small subgroups.</param>
    /// <returns>32 bytes.</returns>
    public SecretBytes Agree(P256PublicKey peer)
    {
        ArgumentNullException.ThrowIfNull(peer);
        return SecretBytes.Take(_key.DeriveRawSecretAgreement(peer.Agreement));
    }

    /// <summary>The scalar, to be stored sealed.</summary>
    /// <returns>32 bytes, big-endian.</returns>
    public SecretBytes Export() => P256.Scalar(_key.ExportParameters(includePrivateParameters: true));

    /// <summary>Releases the key; OpenSSL wipes it.</summary>
    public void Dispose()
    {
        _key.Dispose();
        PublicKey.Dispose();
    }

    /// <summary>Always the same text.</summary>
    public override string ToString() => "P256AgreementKey(redacted)";
}
