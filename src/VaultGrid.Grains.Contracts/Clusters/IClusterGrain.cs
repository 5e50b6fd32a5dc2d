using Orleans.Concurrency;

namespace VaultGrid.Grains;

/// <summary>One cluster (key: its number): which nodes serve, its membership and its key list. All of it hints; enclaves decide.</summary>
[Alias("vg.cluster.v1")]
public interface IClusterGrain : IGrainWithStringKey
{
    /// <summary>Asks every attached node, then answers.</summary>
    [Alias("get")]
    Task<ClusterReport> GetAsync(CancellationToken cancellationToken);

    /// <summary>The nodes as the last check left them.</summary>
    [Alias("nodes"), AlwaysInterleave]
    Task<NodeReports> GetNodesAsync(CancellationToken cancellationToken);

    /// <summary>Takes the reports of a check.</summary>
    [Alias("report")]
    Task ReportAsync(NodeReports reports, CancellationToken cancellationToken);

    /// <summary>Says that a node did not answer; it is passed over until it does.</summary>
    [Alias("down"), AlwaysInterleave]
    Task ReportDownAsync(NodeId node, CancellationToken cancellationToken);

    /// <summary>Keys in order of name.</summary>
    /// <param name="after">The name before the first wanted; null from the start.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("keys"), AlwaysInterleave]
    Task<ClusterKeys> ListKeysAsync(string? after, int limit, CancellationToken cancellationToken);

    /// <summary>A key by its name; <c>key.unknown</c>.</summary>
    [Alias("key"), AlwaysInterleave]
    Task<Answer<ClusterKey>> GetKeyAsync(KeyId key, CancellationToken cancellationToken);

    /// <summary>A key by the hash of its birth record; <c>key.unknown</c>.</summary>
    [Alias("key-by-hash"), AlwaysInterleave]
    Task<Answer<ClusterKey>> FindKeyAsync(Hash256 key, CancellationToken cancellationToken);

    /// <summary>Shows the grid a policy of the administrators, so that it can answer early.</summary>
    [Alias("learn-admins")]
    Task LearnAdminsAsync(PolicyNews policy, CancellationToken cancellationToken);

    /// <summary>The administrators' policy with a hash; <c>resource.unknown</c> where the grid has not seen it.</summary>
    [Alias("admins"), AlwaysInterleave]
    Task<Answer<PolicyNews>> GetAdminsAsync(Hash256 policy, CancellationToken cancellationToken);
}
