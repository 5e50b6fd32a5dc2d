using System.Security.Cryptography;

namespace VaultGrid.Model.Certificates;

/// <summary>
/// A certificate of VaultGrid's profile, parsed once and immutable. Parsing proves the form alone (DER, role, identity, extensions, key,
/// algorithms); only <see cref="ChainVerifier"/> says whether it counts.
/// </summary>
public sealed class RoleCertificate : IEquatable<RoleCertificate>
{
    /// <summary>The largest certificate that is read, in bytes.</summary>
    public const int MaximumBytes = 8192;

    // The key whose signature on this certificate was found good: what verified once verifies always, the bytes don't change.
    private CertificateKey? _signedBy;

    internal RoleCertificate(ReadOnlyMemory<byte> der, CertificateFields fields, CertificateIdentity identity)
    {
        (Der, Fields, Identity) = (der, fields, identity);
        Thumbprint = SHA256.HashData(der.Span);
        ThumbprintHex = Convert.ToHexStringLower(Thumbprint.Span);
    }

    /// <summary>The whole certificate, DER.</summary>
    public ReadOnlyMemory<byte> Der { get; }

    /// <summary>SHA-256 of <see cref="Der"/>.</summary>
    public ReadOnlyMemory<byte> Thumbprint { get; }

    /// <summary><see cref="Thumbprint"/> as 64 lower-case hex digits.</summary>
    public string ThumbprintHex { get; }

    /// <summary>Who it speaks for; policy and URI agree.</summary>
    public CertificateIdentity Identity { get; }

    /// <summary>What it may be used for.</summary>
    public CertificateRole Role => Identity.Role;

    /// <summary>The cluster of a Cluster CA or device, else null.</summary>
    public ClusterId? Cluster => Identity.Cluster;

    /// <summary>The certified public key.</summary>
    public CertificateKey Key => Fields.Key;

    /// <summary>The serial number, unique under its issuer.</summary>
    public CertificateSerial Serial => Fields.Serial;

    /// <summary>The first second at which it is valid.</summary>
    public DateTimeOffset NotBefore => Fields.NotBefore;

    /// <summary>The last second at which it is valid.</summary>
    public DateTimeOffset NotAfter => Fields.NotAfter;

    /// <summary>The Domains that a client may use, and how; none for every other role, or where the certificate says nothing.</summary>
    public ClientClaims Claims => Fields.Claims;

    internal CertificateFields Fields { get; }

    /// <summary>
    /// Reads one certificate. <c>certificate.malformed</c>: not strict DER, duplicate or unknown critical extensions, more than one identity;
    /// <c>certificate.weak</c>: key or signature algorithm below the floor; <c>certificate.role</c>: extensions that its role doesn't have.
    /// </summary>
    public static Outcome<RoleCertificate> Parse(ReadOnlySpan<byte> der) => CertificateParser.Parse(der);

    /// <summary>Reads the first certificate of a PEM text, such as a full chain's leaf.</summary>
    public static Outcome<RoleCertificate> ParsePem(string pem) => AuthorityBundle.ParsePem(pem).Then(bundle => bundle.Certificates.IsEmpty
        ? new Refusal(RefusalCode.CertificateMalformed, "the PEM text holds no certificate")
        : Parse(bundle.Certificates[0].Span));

    /// <summary>True from <see cref="NotBefore"/> through <see cref="NotAfter"/>.</summary>
    public bool IsValidAt(DateTimeOffset time) => time >= NotBefore && time - NotAfter < TimeSpan.FromSeconds(1);

    /// <summary>True where role, cluster, names and signature say that <paramref name="issuer"/> issued this one, at whatever time.</summary>
    public bool IsIssuedBy(RoleCertificate issuer)
    {
        ArgumentNullException.ThrowIfNull(issuer);
        return IssuingRules.Check(this, issuer) is null;
    }

    /// <inheritdoc/>
    public bool Equals(RoleCertificate? other) => other is not null && ThumbprintHex == other.ThumbprintHex;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RoleCertificate);

    /// <inheritdoc/>
    public override int GetHashCode() => ThumbprintHex.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => $"{Identity} (serial {Serial})";

    /// <summary>True where <paramref name="issuer"/> is the one that this certificate names as its issuer (RFC 5280 §4.1.2.4, §4.2.1.1).</summary>
    internal bool NamesAsIssuer(RoleCertificate issuer) =>
        Fields.Issuer.Span.SequenceEqual(issuer.Fields.Subject.Span) && Fields.AuthorityKeyId.Span.SequenceEqual(issuer.Fields.SubjectKeyId.Span);

    /// <summary>True where the key signed this certificate. Remembers success.</summary>
    internal bool IsSignedBy(CertificateKey key)
    {
        if (key.Equals(_signedBy)) return true;
        if (!key.Verifies(Fields.Algorithm, Fields.Signed.Span, Fields.Signature.Span)) return false;

        _signedBy = key;
        return true;
    }
}
