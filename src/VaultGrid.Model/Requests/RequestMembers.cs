using VaultGrid.Model.Json;

namespace VaultGrid.Model;

/// <summary>Readers for members that several actions share beyond those of all.</summary>
internal static class RequestMembers
{
    public static uint Node(DocumentReader reader)
    {
        var number = reader.Number("node");
        if (number is > 0 and <= uint.MaxValue) return (uint)number;
        reader.Fail("member 'node' is not a node's number");
        return 0;
    }
}
