using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using VaultGrid.Model.Json;

namespace VaultGrid.Model;

/// <summary>
/// Asks a node to forget its alarms about a set of other nodes, so that it takes part in sessions with them again; approved by the administrators
/// pinned at provisioning, who have looked into what happened.
/// </summary>
public sealed record ClearAlarmsRequest : Request
{
    internal const string Name = "alarm-clear";

    /// <summary>A request made here.</summary>
    public ClearAlarmsRequest() { }

    [SetsRequiredMembers]
    internal ClearAlarmsRequest(DocumentReader reader)
        : base(reader)
    {
        Node = RequestMembers.Node(reader);
        Key = reader.Hash("key");
        Nodes = reader.All<NodeId>("nodes", NodeId.TryParse, ClusterSet.Limit);
        Replaces = reader.Hash("replaces");
        if (Nodes.IsEmpty) reader.Fail("member 'nodes' names at least one node");
        for (var i = 1; i < Nodes.Length; i++)
            if (!IsBefore(Nodes[i - 1], Nodes[i]))
                reader.Fail("member 'nodes' is ascending, each node once");
    }

    /// <inheritdoc/>
    public override string Action => Name;

    /// <summary>The number of the node that forgets.</summary>
    public required uint Node { get; init; }

    /// <summary>The key: the hash of its birth record.</summary>
    public required Hash256 Key { get; init; }

    /// <summary>The set that the alarms are about, ascending.</summary>
    public required ImmutableArray<NodeId> Nodes { get; init; }

    /// <summary>The hash of all alarms that the node has, as its status tells it.</summary>
    public required Hash256 Replaces { get; init; }

    /// <inheritdoc/>
    public bool Equals(ClearAlarmsRequest? other) =>
        base.Equals(other) && Node == other.Node && Key == other.Key && Replaces == other.Replaces && Nodes.SequenceEqual(other.Nodes);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Node, Key, Replaces, Nodes.Length);

    internal override void WriteMembers(CanonicalWriter writer) =>
        writer.Add("key", Key).Add("node", Node).AddAll("nodes", Nodes).Add("replaces", Replaces);

    private static bool IsBefore(NodeId left, NodeId right) =>
        left.Cluster.Number < right.Cluster.Number || (left.Cluster == right.Cluster && left.Index < right.Index);
}
