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

    /// <summary>Members <c>nodes</c> and <c>f</c>.</summary>
    public static HolderSet Holders(DocumentReader reader)
    {
        var nodes = reader.All<NodeId>("nodes", NodeId.TryParse, HolderSet.Limit);
        var faulty = reader.Number("f");
        if (HolderSet.Of(nodes, (int)Math.Min(faulty, HolderSet.Limit)).Is(out var holders, out var refusal)) return holders;
        reader.Fail(refusal.Detail);
        return null!;
    }

    /// <summary>Writes <c>nodes</c> and <c>f</c>.</summary>
    public static CanonicalWriter AddHolders(this CanonicalWriter writer, HolderSet holders) => writer.AddAll("nodes", holders.Nodes).Add("f", (ulong)holders.Faulty);

    /// <summary>Member <c>node</c> of a request about one holder, wherever it is: <c>cluster/node</c>.</summary>
    public static NodeId Holder(DocumentReader reader) => reader.Parsed<NodeId>("node", NodeId.TryParse);
}
