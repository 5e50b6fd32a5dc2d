using System.Text.Json.Serialization;

namespace VaultGrid.Client;

/// <summary>What a synchronisation did.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Nodes">What happened at each attached node.</param>
public sealed record SyncReport(ClusterId Cluster, IReadOnlyList<NodeSync> Nodes);

/// <summary>What a synchronisation did at one node.</summary>
/// <param name="Node">The node.</param>
/// <param name="Records">How many approved records it was brought.</param>
/// <param name="KeysCopied">The keys that were duplicated to it.</param>
/// <param name="Refusal">Why it could not be brought up to date, if so.</param>
public sealed record NodeSync(
    NodeId Node,
    int Records,
    IReadOnlyList<KeyId> KeysCopied,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Problem? Refusal);
