namespace VaultGrid.Grains.Clusters;

/// <summary>What a cluster grain remembers.</summary>
[GenerateSerializer, Alias("vg.cluster.state.v1")]
internal sealed class ClusterState
{
    /// <summary>The keys by name.</summary>
    [Id(0)] public ImmutableArray<ClusterKey> Keys { get; set; } = [];

    /// <summary>The administrators' policies that were seen, in order of number.</summary>
    [Id(1)] public ImmutableArray<PolicyNews> Admins { get; set; } = [];

    /// <summary>The hash of the membership record in force.</summary>
    [Id(2)] public Hash256? Membership { get; set; }

    /// <summary>That record's number.</summary>
    [Id(3)] public ulong MembershipNumber { get; set; }
}
