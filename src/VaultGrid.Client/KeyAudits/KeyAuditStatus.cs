namespace VaultGrid.Client;

/// <summary>What an audit of a cluster's keys came to, or has come to so far.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="By">Who ordered it: a caller's identity, or <c>schedule</c>.</param>
/// <param name="Started">When it began.</param>
/// <param name="Keys">The keys, in order of name.</param>
/// <param name="Finished">When it ended; left out while it goes on.</param>
/// <param name="Refusal">Why it ended before all keys were looked at.</param>
public sealed record KeyAuditStatus(
    ClusterId Cluster, string By, DateTimeOffset Started, IReadOnlyList<AuditedKeyStatus> Keys, DateTimeOffset? Finished = null, Problem? Refusal = null);

/// <summary>One key in an audit.</summary>
/// <param name="KeyId">Its name.</param>
/// <param name="Key">The hash of its birth record.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Checks">How many checks were made.</param>
/// <param name="Failures">Those that failed.</param>
/// <param name="Broken">Nodes whose part works no more.</param>
/// <param name="Suspects">Nodes of which some have a part that works no more, where it can't be told which.</param>
public sealed record AuditedKeyStatus(
    KeyId KeyId, Hash256 Key, string Kind, int Checks, IReadOnlyList<AuditFailureStatus> Failures, IReadOnlyList<NodeId> Broken, IReadOnlyList<NodeId> Suspects);

/// <summary>A check that failed.</summary>
/// <param name="What"><c>part</c>, <c>signature</c> or <c>session</c>.</param>
/// <param name="Nodes">Who was asked.</param>
/// <param name="Refusal">Why.</param>
public sealed record AuditFailureStatus(string What, IReadOnlyList<NodeId> Nodes, Problem Refusal);

/// <summary>Orders an audit.</summary>
/// <param name="Everything">Whether sessions of keys that several clusters hold are run by this cluster's audit too; else by that of the first of them alone.</param>
public sealed record KeyAuditOrder(bool Everything);
