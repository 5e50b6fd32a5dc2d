using System.Formats.Asn1;

namespace VaultGrid.Model.Tests.Certificates;

/// <summary>A revocation list written byte by byte.</summary>
internal static class ForgedList
{
    public static byte[] Write(
        ForgedCertificate issuer,
        ulong number,
        DateTimeOffset thisUpdate,
        DateTimeOffset nextUpdate,
        IReadOnlyList<(byte[] Serial, DateTimeOffset Date)> revoked,
        Action<AsnWriter>? moreExtensions = null,
        Action<AsnWriter>? entryExtensions = null)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            issuer.WriteAlgorithm(writer, issuer.Key);
            ForgedCertificate.WriteName(writer, issuer.Name);
            ForgedCertificate.WriteTime(writer, thisUpdate);
            ForgedCertificate.WriteTime(writer, nextUpdate);
            if (revoked.Count > 0)
            {
                using (writer.PushSequence())
                {
                    foreach (var (serial, date) in revoked) WriteEntry(writer, serial, date, entryExtensions);
                }
            }

            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            using (writer.PushSequence())
            {
                ForgedCertificate.WriteExtension(writer, "2.5.29.35", false, ForgedCertificate.AuthorityKeyId(issuer.KeyId));
                ForgedCertificate.WriteExtension(writer, "2.5.29.20", false, Integer(number));
                moreExtensions?.Invoke(writer);
            }
        }

        return new ForgedCertificate(issuer.Identity, issuer, thisUpdate).SignedBy(writer.Encode());
    }

    private static void WriteEntry(AsnWriter writer, byte[] serial, DateTimeOffset date, Action<AsnWriter>? extensions)
    {
        using (writer.PushSequence())
        {
            writer.WriteInteger(serial);
            ForgedCertificate.WriteTime(writer, date);
            if (extensions is null) return;
            using (writer.PushSequence()) extensions(writer);
        }
    }

    public static byte[] Integer(ulong number)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteInteger(number);
        return writer.Encode();
    }
}
