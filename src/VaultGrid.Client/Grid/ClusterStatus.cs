using System.Text.Json.Serialization;

namespace VaultGrid.Client;

/// <summary>A cluster: its nodes, its membership and its keys.</summary>
/// <param name="Cluster">Its number.</param>
/// <param name="Membership">The hash of the membership record in force; null before the first.</param>
/// <param name="MembershipNumber">That record's number; 0 before the first.</param>
/// <param name="Nodes">Every attached node as it answered just now.</param>
/// <param name="Keys">How many keys it has.</param>
/// <param name="Assignment">To whom it is assigned; left out where it is nobody's.</param>
public sealed record ClusterStatus(
    ClusterId Cluster,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Hash256? Membership,
    ulong MembershipNumber,
    IReadOnlyList<NodeStatus> Nodes,
    int Keys,
    ClusterAssignment? Assignment = null);
