using System.Security.Cryptography;

namespace VaultGrid.Model.Certificates;

/// <summary>
/// A public key that VaultGrid accepts: P-256, or RSA of 3072 to 8192 bits with exponent 65537. Imported once, then used from any thread;
/// equal where the SubjectPublicKeyInfo bytes are equal. The native key is freed by its own finaliser.
/// </summary>
public sealed class CertificateKey : IEquatable<CertificateKey>
{
    private const int SmallestModulusBits = 3072;
    private const int LargestModulusBits = 8192;

    // .NET doesn't promise that one instance verifies from two threads.
    private readonly Lock _gate = new();
    private readonly ECDsa? _p256;
    private readonly RSA? _rsa;

    // Approvals come often and at once: their signatures are read strictly, and without the gate.
    private readonly P256PublicKey? _statements;

    private CertificateKey(byte[] spki, ECDsa? p256, RSA? rsa, P256PublicKey? statements)
    {
        (_p256, _rsa, _statements) = (p256, rsa, statements);
        (Spki, SpkiHash) = (spki, SHA256.HashData(spki));
        Fingerprint = Convert.ToHexStringLower(SpkiHash.Span);
    }

    /// <summary>True for RSA, false for P-256.</summary>
    public bool IsRsa => _rsa is not null;

    /// <summary>SubjectPublicKeyInfo, DER.</summary>
    public ReadOnlyMemory<byte> Spki { get; }

    /// <summary>SHA-256 of <see cref="Spki"/>: what distinguishes admins, beside their identity.</summary>
    public ReadOnlyMemory<byte> SpkiHash { get; }

    /// <summary><see cref="SpkiHash"/> as 64 lower-case hex digits.</summary>
    public string Fingerprint { get; }

    /// <summary>Reads a DER SubjectPublicKeyInfo (RFC 5480, RFC 3279 §2.3.1); <c>certificate.weak</c> for another algorithm, curve or size.</summary>
    public static Outcome<CertificateKey> Parse(ReadOnlySpan<byte> spki)
    {
        var bytes = spki.ToArray();
        try
        {
            return SubjectPublicKeyInfo.Read(bytes) switch
            {
                SubjectPublicKeyInfo.P256 => Import(bytes, ECDsa.Create()),
                SubjectPublicKeyInfo.Rsa { ExponentIsF4: true, ModulusBits: >= SmallestModulusBits and <= LargestModulusBits } => Import(bytes, RSA.Create()),
                SubjectPublicKeyInfo.Rsa rsa => new Refusal(RefusalCode.CertificateWeak,
                    $"an RSA key of {rsa.ModulusBits} bits: it must have {SmallestModulusBits} to {LargestModulusBits} and the exponent 65537"),
                _ => new Refusal(RefusalCode.CertificateWeak, "the public key is neither P-256 nor RSA"),
            };
        }
        catch (Exception refused) when (Der.IsMalformed(refused))
        {
            return new Refusal(RefusalCode.CertificateMalformed, "the public key is not valid DER or not on its curve");
        }
    }

    /// <summary>
    /// Verifies a signature over a tagged statement, the way everything but certificates is signed: ECDSA with SHA-256 as DER, or RSA-PSS with
    /// SHA-256 and a salt of 32 bytes.
    /// </summary>
    public bool VerifiesStatement(ReadOnlySpan<byte> statement, ReadOnlySpan<byte> signature) =>
        _statements?.Verify(statement, signature) ?? Verifies(SignatureAlgorithm.RsaPssSha256, statement, signature);

    /// <inheritdoc/>
    public bool Equals(CertificateKey? other) => other is not null && Fingerprint == other.Fingerprint;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CertificateKey);

    /// <inheritdoc/>
    public override int GetHashCode() => Fingerprint.GetHashCode(StringComparison.Ordinal);

    internal bool Verifies(SignatureAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (algorithm.IsRsa != IsRsa) return false;
        lock (_gate)
        {
            return _rsa is null
                ? _p256!.VerifyData(data, signature, algorithm.Hash, DSASignatureFormat.Rfc3279DerSequence)
                : _rsa.VerifyData(data, signature, algorithm.Hash, algorithm.Padding!);
        }
    }

    private static Outcome<CertificateKey> Import(byte[] spki, AsymmetricAlgorithm key)
    {
        key.ImportSubjectPublicKeyInfo(spki, out var read);
        if (read != spki.Length) return new Refusal(RefusalCode.CertificateMalformed, "the public key is followed by more bytes");
        if (key is not ECDsa) return new CertificateKey(spki, null, (RSA)key, null);
        return P256PublicKey.ParseSubjectPublicKeyInfo(spki).Is(out var statements, out _)
            ? new CertificateKey(spki, (ECDsa)key, null, statements)
            : new Refusal(RefusalCode.CertificateMalformed, "a P-256 public key has one form: named curve, uncompressed point");
    }
}
