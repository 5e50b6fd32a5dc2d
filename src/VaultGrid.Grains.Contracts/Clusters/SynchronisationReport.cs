namespace VaultGrid.Grains;

/// <summary>What a synchronisation did.</summary>
/// <param name="Nodes">What happened at each attached node.</param>
[GenerateSerializer, Immutable, Alias("vg.cluster.synchronised.v1")]
public sealed record SynchronisationReport([property: Id(0)] ImmutableArray<NodeSynchronisation> Nodes);

/// <summary>What a synchronisation did at one node.</summary>
/// <param name="Node">The node.</param>
/// <param name="Records">How many approved records it was brought.</param>
/// <param name="KeysCopied">The keys that were duplicated to it.</param>
/// <param name="Refusal">Why it could not be brought up to date, if so.</param>
[GenerateSerializer, Immutable, Alias("vg.cluster.node-synchronised.v1")]
public sealed record NodeSynchronisation(
    [property: Id(0)] NodeId Node,
    [property: Id(1)] int Records,
    [property: Id(2)] ImmutableArray<KeyId> KeysCopied,
    [property: Id(3)] Refused? Refusal);
