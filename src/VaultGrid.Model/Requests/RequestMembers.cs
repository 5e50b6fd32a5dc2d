using VaultGrid.Model.Json;

namespace VaultGrid.Model;

/// <summary>Readers for members that several actions share.</summary>
internal static class RequestMembers
{
    public static RequestId Id(DocumentReader reader) => reader.Parsed<RequestId>("requestId", RequestId.TryParse);

    public static ClusterId Cluster(DocumentReader reader) => reader.Parsed<ClusterId>("cluster", ClusterId.TryParse);

    public static string Purpose(DocumentReader reader) => reader.Text("purpose", Request.PurposeLimit);

    public static uint Node(DocumentReader reader)
    {
        var number = reader.Number("node");
        if (number is > 0 and <= uint.MaxValue) return (uint)number;
        reader.Fail("member 'node' is not a node's number");
        return 0;
    }
}
