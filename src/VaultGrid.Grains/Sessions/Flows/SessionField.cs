namespace VaultGrid.Grains.Sessions;

/// <summary>Who could take part in a session, and what is held against whom; what a flow chooses from. Immutable.</summary>
/// <param name="Needed">How many must take part (t, or f + 1).</param>
/// <param name="Benches">For each cluster that holds the key, its nodes in the order in which the cluster would have them serve.</param>
/// <param name="Record">What went wrong in this session's earlier tries.</param>
internal sealed record SessionField(int Needed, ImmutableArray<SessionBench> Benches, SessionRecord Record);

/// <summary>The nodes of a cluster that may take part.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Nodes">In order of preference; empty where none serves.</param>
internal sealed record SessionBench(ClusterId Cluster, ImmutableArray<NodeId> Nodes);
