namespace VaultGrid.Grains.Trusts;

/// <summary>What a chain's grain remembers: hashes; the documents are with the Trusts' own grains.</summary>
[GenerateSerializer, Alias("vg.trust.chain-stored.v1")]
internal sealed class TrustChainState
{
    /// <summary>The most unsigned Trusts of a chain at a time.</summary>
    public const int PendingLimit = 64;

    /// <summary>The Trusts of the chain, in order.</summary>
    [Id(0)] public ImmutableArray<Hash256> Sealed { get; set; } = [];

    /// <summary>The unsigned Trusts that were filed.</summary>
    [Id(1)] public ImmutableArray<Hash256> Pending { get; set; } = [];

    /// <summary>The Trust that an HSM may have sealed although its answer never came; null where none is in doubt.</summary>
    [Id(2)] public Hash256? Tried { get; set; }

    /// <summary>The HSMs that were asked for it and did not answer.</summary>
    [Id(3)] public ImmutableArray<NodeId> TriedAt { get; set; } = [];

    /// <summary>The retirements from this chain.</summary>
    [Id(4)] public ImmutableArray<StoredRetirement> Retirements { get; set; } = [];

    /// <summary>The HSMs of the newest Trust.</summary>
    [Id(5)] public ImmutableArray<NodeId> Hsms { get; set; } = [];
}

/// <summary>An HSM's retirement from a chain.</summary>
/// <param name="Node">The node.</param>
/// <param name="Document">Its signed statement.</param>
[GenerateSerializer, Immutable, Alias("vg.trust.retirement.v1")]
internal sealed record StoredRetirement([property: Id(0)] NodeId Node, [property: Id(1)] ReadOnlyMemory<byte> Document);
