using System.Formats.Asn1;
using System.Security.Cryptography;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Model.Tests.Certificates;

/// <summary>A certificate written byte by byte, right by default, so that a test can break exactly one thing.</summary>
internal sealed class ForgedCertificate
{
    private const string EcdsaWithSha256 = "1.2.840.10045.4.3.2";

    private static int _serials = 0x1000;

    public ForgedCertificate(CertificateIdentity identity, ForgedCertificate? issuer, DateTimeOffset notBefore)
    {
        Identity = identity;
        Issuer = issuer ?? this;
        var role = identity.Role;
        (NotBefore, NotAfter) = (notBefore, notBefore.AddDays(role.IsAuthority() ? 3650 : 700));
        Serial = [0x11, .. BitConverter.GetBytes(Interlocked.Increment(ref _serials))];
        Name = "VaultGrid " + identity.Uri;
        Policies = RoleProfile.Policies(role, identity.Cluster);
        BasicConstraints = RoleProfile.BasicConstraints(role);
        KeyUsage = RoleProfile.KeyUsage(role);
        ExtendedKeyUsage = RoleProfile.ExtendedKeyUsage(role);
        Uris = [identity.Uri];
        DnsNames = role == CertificateRole.Relay ? ["relay.example"] : [];
    }

    public CertificateIdentity Identity { get; }

    public ForgedCertificate Issuer { get; set; }

    public AsymmetricAlgorithm Key { get; set; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Signs in place of the issuer's key.</summary>
    public AsymmetricAlgorithm? SigningKey { get; set; }

    public HashAlgorithmName Hash { get; set; } = HashAlgorithmName.SHA256;

    public string? SignatureOid { get; set; }

    public DateTimeOffset NotBefore { get; set; }

    public DateTimeOffset NotAfter { get; set; }

    public byte[] Serial { get; set; }

    public string Name { get; set; }

    public byte[] Policies { get; set; }

    public bool PoliciesAreCritical { get; set; } = true;

    public byte[] BasicConstraints { get; set; }

    public byte[] KeyUsage { get; set; }

    public byte[]? ExtendedKeyUsage { get; set; }

    public IReadOnlyList<string> Uris { get; set; }

    public IReadOnlyList<string> DnsNames { get; set; }

    public List<(string Oid, bool Critical, byte[] Value)> More { get; } = [];

    public byte[] KeyId => SHA256.HashData(Spki)[..20];

    public byte[] Der => _der ??= Write();

    private byte[]? _der;

    private byte[] Spki => Key.ExportSubjectPublicKeyInfo();

    public RoleCertificate Parsed => RoleCertificate.Parse(Der).Value;

    public byte[] List(ulong number, DateTimeOffset thisUpdate, params (byte[] Serial, DateTimeOffset Date)[] revoked) =>
        ForgedList.Write(this, number, thisUpdate, thisUpdate.AddDays(7), revoked);

    public byte[] SignedBy(byte[] signed)
    {
        var key = SigningKey ?? Issuer.Key;
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(signed);
            WriteAlgorithm(writer, key);
            writer.WriteBitString(key is ECDsa ec
                ? ec.SignData(signed, Hash, DSASignatureFormat.Rfc3279DerSequence)
                : ((RSA)key).SignData(signed, Hash, RSASignaturePadding.Pkcs1));
        }

        return writer.Encode();
    }

    public void WriteAlgorithm(AsnWriter writer, AsymmetricAlgorithm key)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(SignatureOid ?? (key is RSA ? "1.2.840.113549.1.1.11" : EcdsaWithSha256));
            if (key is RSA) writer.WriteNull();
        }
    }

    public static void WriteName(AsnWriter writer, string name)
    {
        using (writer.PushSequence())
        using (writer.PushSetOf())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("2.5.4.3");
            writer.WriteCharacterString(UniversalTagNumber.UTF8String, name);
        }
    }

    public static byte[] AuthorityKeyId(byte[] id)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence()) writer.WriteOctetString(id, new Asn1Tag(TagClass.ContextSpecific, 0));
        return writer.Encode();
    }

    private byte[] Write()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0))) writer.WriteInteger(2);
            writer.WriteInteger(Serial);
            WriteAlgorithm(writer, SigningKey ?? Issuer.Key);
            WriteName(writer, Issuer.Name);
            using (writer.PushSequence())
            {
                WriteTime(writer, NotBefore);
                WriteTime(writer, NotAfter);
            }

            WriteName(writer, Name);
            writer.WriteEncodedValue(Spki);
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 3)))
            using (writer.PushSequence()) WriteExtensions(writer);
        }

        return SignedBy(writer.Encode());
    }

    private void WriteExtensions(AsnWriter writer)
    {
        WriteExtension(writer, "2.5.29.14", false, OctetString(KeyId));
        WriteExtension(writer, "2.5.29.35", false, AuthorityKeyId(Issuer.KeyId));
        WriteExtension(writer, "2.5.29.32", PoliciesAreCritical, Policies);
        WriteExtension(writer, "2.5.29.19", true, BasicConstraints);
        WriteExtension(writer, "2.5.29.15", true, KeyUsage);
        WriteExtension(writer, "2.5.29.17", false, Names());
        if (ExtendedKeyUsage is not null) WriteExtension(writer, "2.5.29.37", false, ExtendedKeyUsage);
        foreach (var (oid, critical, value) in More) WriteExtension(writer, oid, critical, value);
    }

    private byte[] Names()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (var uri in Uris) writer.WriteCharacterString(UniversalTagNumber.IA5String, uri, new Asn1Tag(TagClass.ContextSpecific, 6));
            foreach (var name in DnsNames) writer.WriteCharacterString(UniversalTagNumber.IA5String, name, new Asn1Tag(TagClass.ContextSpecific, 2));
        }

        return writer.Encode();
    }

    public static void WriteTime(AsnWriter writer, DateTimeOffset time)
    {
        if (time.Year <= 2049) writer.WriteUtcTime(time);
        else writer.WriteGeneralizedTime(time, omitFractionalSeconds: true);
    }

    public static byte[] OctetString(byte[] value)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteOctetString(value);
        return writer.Encode();
    }

    public static void WriteExtension(AsnWriter writer, string oid, bool critical, byte[] value)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            if (critical) writer.WriteBoolean(true);
            writer.WriteOctetString(value);
        }
    }
}
