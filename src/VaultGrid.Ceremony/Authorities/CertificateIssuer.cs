using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using VaultGrid.Ceremony.Keys;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Ceremony.Authorities;

/// <summary>Writes certificates and revocation lists of VaultGrid's profile, and signs them with a CA's key. Decides nothing.</summary>
/// <param name="name">The CA's subject.</param>
/// <param name="key">The CA's key.</param>
internal sealed class CertificateIssuer(X500DistinguishedName name, SigningKey key)
{
    private const int SerialLength = 16;
    private const int KeyIdLength = 20;

    /// <summary>16 random bytes, positive, without a leading zero (RFC 5280 §4.1.2.2).</summary>
    public static CertificateSerial DrawSerial()
    {
        var bytes = RandomNumberGenerator.GetBytes(SerialLength);
        bytes[0] = (byte)(bytes[0] & 0x7F | 0x40);
        return CertificateSerial.Parse(Convert.ToHexStringLower(bytes)).Value;
    }

    public static X500DistinguishedName NameOf(CertificateIdentity identity, string organization)
    {
        var builder = new X500DistinguishedNameBuilder();
        builder.AddOrganizationName(organization);
        builder.AddCommonName(identity.Uri[CertificateIdentity.Scheme.Length..]);
        return builder.Build();
    }

    public byte[] Issue(
        CertificateIdentity identity,
        CertificateKey subjectKey,
        X500DistinguishedName subject,
        ServerNames names,
        CertificateSerial serial,
        DateTimeOffset notBefore,
        DateTimeOffset notAfter,
        ClientClaims? claims = null)
    {
        var role = identity.Role;
        var publicKey = PublicKey.CreateFromSubjectPublicKeyInfo(subjectKey.Spki.Span, out _);
        var request = new CertificateRequest(subject, publicKey, HashAlgorithmName.SHA256);
        Add("2.5.29.14", SubjectKeyId(subjectKey), critical: false);
        Add("2.5.29.35", AuthorityKeyId().RawData, critical: false);
        Add("2.5.29.19", RoleProfile.BasicConstraints(role), critical: true);
        Add("2.5.29.15", RoleProfile.KeyUsage(role), critical: true);
        Add("2.5.29.32", RoleProfile.Policies(role, identity.Cluster), critical: true);
        Add("2.5.29.17", RoleProfile.SubjectAltName(identity, names.Dns, names.Addresses), critical: false);
        if (RoleProfile.ExtendedKeyUsage(role) is { } purposes) Add("2.5.29.37", purposes, critical: false);
        if (claims is not null) request.CertificateExtensions.Add(claims.ToExtension());

        using var certificate = request.Create(name, key.CertificateSigner(), notBefore, notAfter, Convert.FromHexString(serial.ToString()));
        return certificate.RawData;

        void Add(string oid, byte[] value, bool critical) => request.CertificateExtensions.Add(new X509Extension(oid, value, critical));
    }

    public byte[] List(ulong number, IEnumerable<LedgerEntry.Revoked> revoked, DateTimeOffset thisUpdate, DateTimeOffset nextUpdate)
    {
        var builder = new CertificateRevocationListBuilder();
        foreach (var entry in revoked)
            builder.AddEntry(Convert.FromHexString(entry.Serial.ToString()), entry.Since, (X509RevocationReason)(int)entry.Reason);
        return builder.Build(name, key.CertificateSigner(), number, nextUpdate, HashAlgorithmName.SHA256, AuthorityKeyId(), thisUpdate);
    }

    private X509AuthorityKeyIdentifierExtension AuthorityKeyId() =>
        X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(KeyId(key.Public));

    // The leftmost 160 bits of the key info's SHA-256 (RFC 7093 §2, method 4).
    private static ReadOnlySpan<byte> KeyId(CertificateKey key) => key.SpkiHash.Span[..KeyIdLength];

    private static byte[] SubjectKeyId(CertificateKey key)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteOctetString(KeyId(key));
        return writer.Encode();
    }
}
