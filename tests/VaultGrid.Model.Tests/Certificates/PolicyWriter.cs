using System.Formats.Asn1;

namespace VaultGrid.Model.Tests.Certificates;

internal static class PolicyWriter
{
    public static byte[] Write(string oid)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence()) writer.WriteObjectIdentifier(oid);
        return writer.Encode();
    }
}
