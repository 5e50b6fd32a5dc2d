using System.Formats.Asn1;

namespace VaultGrid.Model.Certificates;

internal static class DeviceRequestWriter
{
    internal const string ExtensionRequest = "1.2.840.113549.1.9.14";
    internal const string CommonName = "2.5.4.3";

    internal static readonly Asn1Tag Attributes = new(TagClass.ContextSpecific, 0);

    public static byte[] Statement(CertificateIdentity device, CertificateKey key, ReadOnlySpan<byte> pinsHash)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            writer.WriteEncodedValue(Subject(device));
            writer.WriteEncodedValue(key.Spki.Span);
            using (writer.PushSetOf(Attributes))
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(ExtensionRequest);
                using (writer.PushSetOf())
                using (writer.PushSequence())
                {
                    WriteExtension(writer, CertificateExtensions.SubjectAltName, SubjectNames.Write(device, [], []));
                    WriteExtension(writer, VaultGridOid.ProvisioningPins, OctetString(pinsHash));
                }
            }
        }

        return writer.Encode();
    }

    /// <summary>CN=the URI: for people; the Cluster CA goes by the extension and writes its own subject.</summary>
    public static byte[] Subject(CertificateIdentity device)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSetOf())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(CommonName);
            writer.WriteCharacterString(UniversalTagNumber.UTF8String, device.Uri);
        }

        return writer.Encode();
    }

    private static void WriteExtension(AsnWriter writer, string oid, byte[] value)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            writer.WriteOctetString(value);
        }
    }

    private static byte[] OctetString(ReadOnlySpan<byte> value)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteOctetString(value);
        return writer.Encode();
    }
}
