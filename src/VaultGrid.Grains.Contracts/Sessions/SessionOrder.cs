namespace VaultGrid.Grains;

/// <summary>What a session is to sign.</summary>
/// <param name="Key">The hash of the key's birth record.</param>
/// <param name="Clusters">The clusters that may take part.</param>
/// <param name="Request">The approved request's exact bytes; empty for an audit.</param>
/// <param name="Approvals">Its approvals.</param>
/// <param name="Audit">For an audit, what is signed: at most 8 bytes; else empty.</param>
/// <param name="Participants">The only nodes that may take part; empty where all may.</param>
[GenerateSerializer, Immutable, Alias("vg.session.order.v1")]
public sealed record SessionOrder(
    [property: Id(0)] Hash256 Key,
    [property: Id(1)] ImmutableArray<ClusterId> Clusters,
    [property: Id(2)] ReadOnlyMemory<byte> Request,
    [property: Id(3)] ImmutableArray<GivenApproval> Approvals,
    [property: Id(4)] ReadOnlyMemory<byte> Audit,
    [property: Id(5)] ImmutableArray<NodeId> Participants = default);
