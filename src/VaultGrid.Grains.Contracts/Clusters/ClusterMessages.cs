namespace VaultGrid.Grains;

/// <summary>A cluster as its nodes told just now.</summary>
/// <param name="Cluster">Its number.</param>
/// <param name="Membership">The hash of the membership record in force.</param>
/// <param name="MembershipNumber">That record's number.</param>
/// <param name="Nodes">Every attached node.</param>
/// <param name="Keys">How many keys it has.</param>
/// <param name="Customer">The customer whom it is assigned to; null for nobody.</param>
/// <param name="MaxKeys">How many keys it may have; null for as many as enclaves hold.</param>
[GenerateSerializer, Immutable, Alias("vg.cluster.report.v1")]
public sealed record ClusterReport(
    [property: Id(0)] ClusterId Cluster,
    [property: Id(1)] Hash256? Membership,
    [property: Id(2)] ulong MembershipNumber,
    [property: Id(3)] ImmutableArray<NodeReport> Nodes,
    [property: Id(4)] int Keys,
    [property: Id(5)] string? Customer = null,
    [property: Id(6)] int? MaxKeys = null);

/// <summary>The nodes' reports after a check.</summary>
/// <param name="Nodes">Every attached node.</param>
[GenerateSerializer, Immutable, Alias("vg.cluster.reports.v1")]
public sealed record NodeReports([property: Id(0)] ImmutableArray<NodeReport> Nodes);

/// <summary>A key of a cluster, and where it is.</summary>
/// <param name="KeyId">Its name.</param>
/// <param name="Key">The hash of its birth record.</param>
/// <param name="Fingerprint">The hash of its public part.</param>
/// <param name="Policy">The hash of the newest policy that a node has in force.</param>
/// <param name="Holders">The nodes that said they hold it.</param>
[GenerateSerializer, Immutable, Alias("vg.cluster.key.v1")]
public sealed record ClusterKey(
    [property: Id(0)] KeyId KeyId,
    [property: Id(1)] Hash256 Key,
    [property: Id(2)] Hash256 Fingerprint,
    [property: Id(3)] Hash256 Policy,
    [property: Id(4)] ImmutableArray<NodeId> Holders);

/// <summary>Keys in order of name.</summary>
/// <param name="Keys">The page.</param>
/// <param name="More">Whether more follow.</param>
[GenerateSerializer, Immutable, Alias("vg.cluster.keys.v1")]
public sealed record ClusterKeys([property: Id(0)] ImmutableArray<ClusterKey> Keys, [property: Id(1)] bool More);

/// <summary>A policy of the administrators, as somebody showed it to the grid: good for an early answer, never evidence.</summary>
/// <param name="Document">The policy, canonical bytes.</param>
[GenerateSerializer, Immutable, Alias("vg.cluster.policy.v1")]
public sealed record PolicyNews([property: Id(0)] ReadOnlyMemory<byte> Document);
