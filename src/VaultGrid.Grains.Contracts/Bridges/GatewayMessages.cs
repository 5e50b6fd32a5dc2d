namespace VaultGrid.Grains;

/// <summary>The nodes of a cluster that may serve with a key.</summary>
/// <param name="Nodes">In the order in which the cluster would have them serve.</param>
[GenerateSerializer, Immutable, Alias("vg.bridge.holders.v1")]
public sealed record KeyHolders([property: Id(0)] ImmutableArray<NodeId> Nodes);

/// <summary>An approved request that a cluster is to carry out, its own part of it where several clusters do.</summary>
/// <param name="Request">The request's exact bytes.</param>
/// <param name="Approvals">The approvals.</param>
/// <param name="Document">The document for this cluster's enclaves; empty where there is none.</param>
/// <param name="First">The node that must be asked first, because it may have done it before or is the only one that can; null for any.</param>
[GenerateSerializer, Immutable, Alias("vg.bridge.perform.v1")]
public sealed record PerformApproved(
    [property: Id(0)] ReadOnlyMemory<byte> Request,
    [property: Id(1)] ImmutableArray<GivenApproval> Approvals,
    [property: Id(2)] ReadOnlyMemory<byte> Document,
    [property: Id(3)] NodeId? First);

/// <summary>What came of it.</summary>
/// <param name="Node">The node that carried it out.</param>
/// <param name="Key">The key that it made or changed, where it did.</param>
[GenerateSerializer, Immutable, Alias("vg.bridge.performed.v1")]
public sealed record PerformedApproved([property: Id(0)] NodeId Node, [property: Id(1)] Hash256? Key);
