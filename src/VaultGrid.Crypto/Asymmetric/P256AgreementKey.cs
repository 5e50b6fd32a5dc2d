using System.Diagnostics;

namespace VaultGrid.Crypto;

/// <summary>A P-256 private key that only agrees on secrets (ECDH, NIST SP 800-56A). Its scalar lies in locked memory, and while it is multiplied in OpenSSL's too, which is not.</summary>
[DebuggerDisplay("P256AgreementKey(redacted)")]
public sealed class P256AgreementKey : IDisposable
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly SecretBytes _scalar;

    private P256AgreementKey(SecretBytes scalar)
    {
        _scalar = scalar;
        PublicKey = P256PublicKey.OfPoint(P256Curve.TimesGenerator(scalar));
    }

    /// <summary>What the other side needs; it belongs to this object.</summary>
    public P256PublicKey PublicKey { get; }

    /// <summary>Draws a key.</summary>
    public static P256AgreementKey Generate()
    {
        while (true)
        {
            // Uniform below the order: what is not below it is drawn again, once in 2^32 (FIPS 186-5, A.2.2).
            var scalar = SecretBytes.Random(P256Curve.ScalarLength);
            if (P256Curve.IsScalar(scalar)) return new(scalar);
            scalar.Dispose();
        }
    }

    /// <summary>Loads a stored key.</summary>
    /// <param name="scalar">32 bytes, big-endian; stays the caller's.</param>
    /// <returns>The key, or <see cref="RefusalCode.InputMalformed"/>.</returns>
    public static Outcome<P256AgreementKey> Import(SecretBytes scalar)
    {
        ArgumentNullException.ThrowIfNull(scalar);
        return P256Curve.IsScalar(scalar) ? new P256AgreementKey(scalar.Clone()) : P256.NotAScalar;
    }

    /// <summary>The x coordinate of the shared point: input for a key derivation, not a key.</summary>
    /// <param name="peer">The other side's key; it is on the curve, or it would not exist, and P-256 has no small subgroups.</param>
    /// <returns>32 bytes.</returns>
    public SecretBytes Agree(P256PublicKey peer)
    {
        ArgumentNullException.ThrowIfNull(peer);
        return P256Curve.XOfProduct(_scalar, peer.Bytes);
    }

    /// <summary>The scalar, to be stored sealed.</summary>
    /// <returns>32 bytes, big-endian.</returns>
    public SecretBytes Export() => _scalar.Clone();

    /// <summary>Wipes the key.</summary>
    public void Dispose() => _scalar.Dispose();

    /// <summary>Always the same text.</summary>
    public override string ToString() => "P256AgreementKey(redacted)";
}
