using System.Formats.Asn1;

namespace VaultGrid.Model.Certificates;

/// <summary>Reads an X.509 v3 certificate (RFC 5280 §4.1) of VaultGrid's closed profile.</summary>
internal static class CertificateParser
{
    private const int VersionThree = 2;

    private static readonly Asn1Tag Version = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag Extensions = new(TagClass.ContextSpecific, 3);

    public static Outcome<RoleCertificate> Parse(ReadOnlySpan<byte> der)
    {
        if (der.Length > RoleCertificate.MaximumBytes)
            return new Refusal(RefusalCode.CertificateMalformed, $"a certificate has at most {RoleCertificate.MaximumBytes} bytes");

        try
        {
            return Read(der.ToArray());
        }
        catch (Exception refused) when (Der.IsMalformed(refused))
        {
            return new Refusal(RefusalCode.CertificateMalformed, $"not a certificate of VaultGrid's profile: {refused.Message}");
        }
    }

    private static Outcome<RoleCertificate> Read(ReadOnlyMemory<byte> der)
    {
        var frame = SignedDer.Read(der);
        var outer = Der.Read(frame.Signed);
        var body = outer.ReadSequence();

        var version = body.ReadSequence(Version);
        if (!version.TryReadInt32(out var number) || number != VersionThree) throw new AsnContentException("Not version 3.");
        version.ThrowIfNotEmpty();

        var serial = CertificateSerial.FromDer(body.ReadIntegerBytes().Span) ?? throw new AsnContentException("A serial number that isn't one.");
        if (!body.ReadEncodedValue().Span.SequenceEqual(frame.Algorithm.Span)) throw new AsnContentException("Two signature algorithms.");
        var issuer = ReadName(body);
        var (notBefore, notAfter) = ReadValidity(body);
        var subject = ReadName(body);
        var spki = body.ReadEncodedValue();
        var wrapper = body.ReadSequence(Extensions);
        body.ThrowIfNotEmpty();
        var extensions = CertificateExtensions.Read(wrapper.ReadSequence());
        wrapper.ThrowIfNotEmpty();

        if (SignatureAlgorithm.Read(frame.Algorithm) is not { } algorithm)
            return new Refusal(RefusalCode.CertificateWeak, "the certificate is signed with an algorithm below SHA-256 with P-256 or RSA");
        if (!CertificateKey.Parse(spki.Span).Is(out var key, out var refusal)) return refusal;
        if (!ReadIdentity(extensions).Is(out var identity, out refusal)) return refusal;
        if (notAfter <= notBefore || notAfter - notBefore > identity.Role.LongestValidity())
            return new Refusal(RefusalCode.CertificateRole,
                $"a {identity.Role.Name()} certificate is valid for at most {identity.Role.LongestValidity().Days} days");

        return new RoleCertificate(der, new CertificateFields
        {
            Signed = frame.Signed,
            Algorithm = algorithm,
            Signature = frame.Signature,
            Serial = serial,
            Issuer = issuer,
            Subject = subject,
            NotBefore = notBefore,
            NotAfter = notAfter,
            Key = key,
            SubjectKeyId = KeyIdentifier.ReadSubject(Required(extensions, CertificateExtensions.SubjectKeyIdentifier)),
            AuthorityKeyId = KeyIdentifier.ReadAuthority(Required(extensions, CertificateExtensions.AuthorityKeyIdentifier)),
            Claims = extensions.Find(VaultGridOid.ClientClaims) is { } claims ? ClientClaims.Read(claims) : ClientClaims.None,
        }, identity);
    }

    private static ReadOnlyMemory<byte> ReadName(AsnReader body)
    {
        var name = body.PeekEncodedValue();
        return body.ReadSequence().HasData ? name : throw new AsnContentException("An empty name.");
    }

    private static (DateTimeOffset NotBefore, DateTimeOffset NotAfter) ReadValidity(AsnReader body)
    {
        var validity = body.ReadSequence();
        var (notBefore, notAfter) = (validity.ReadTime(), validity.ReadTime());
        validity.ThrowIfNotEmpty();
        return (notBefore, notAfter);
    }

    /// <summary>The policy names the role, everything else must be what that role has, and the URI must name the same role and cluster.</summary>
    private static Outcome<CertificateIdentity> ReadIdentity(CertificateExtensions extensions)
    {
        var (role, cluster) = RolePolicy.Read(Required(extensions, CertificateExtensions.Policies));
        var names = SubjectNames.Read(Required(extensions, CertificateExtensions.SubjectAltName));

        var broken =
            !extensions.IsCriticalAnd(CertificateExtensions.Policies, RoleProfile.Policies(role, cluster)) ? "a critical role policy"
            : !extensions.IsCriticalAnd(CertificateExtensions.BasicConstraints, RoleProfile.BasicConstraints(role)) ? "its basic constraints and path length"
            : !extensions.IsCriticalAnd(CertificateExtensions.KeyUsage, RoleProfile.KeyUsage(role)) ? "its key usage, critical"
            : !extensions.Is(CertificateExtensions.ExtendedKeyUsage, RoleProfile.ExtendedKeyUsage(role)) ? "its extended key usage"
            : names.Identity.Role != role || names.Identity.Cluster != cluster ? "an identity of the same role and cluster"
            : role != CertificateRole.Client && extensions.Find(VaultGridOid.ClientClaims) is not null ? "no claims to Domains: only a client's has them"
            : names.ServerNames > 0 != (role == CertificateRole.Relay) ? "server names if and only if it is a relay's"
            : null;
        return broken is null
            ? names.Identity
            : new Refusal(RefusalCode.CertificateRole, $"a {role.Name()} certificate must have {broken}");
    }

    private static ReadOnlyMemory<byte> Required(CertificateExtensions extensions, string oid) =>
        extensions.Find(oid) ?? throw new AsnContentException($"No extension {oid}.");
}
