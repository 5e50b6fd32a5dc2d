using Orleans.Concurrency;

namespace VaultGrid.Grains;

/// <summary>
/// Which clusters are assigned to which customer, and how many keys each may have (key <see cref="IGridGrain.Key"/>). An order of the service's operator, not
/// of administrators: it protects capacity and accounts, no key.
/// </summary>
[Alias("vg.customers.v1")]
public interface ICustomersGrain : IGrainWithStringKey
{
    /// <summary>Assigns a cluster, changes its limit, or takes it back.</summary>
    [Alias("assign")]
    Task<Answer<AssignedCluster>> AssignAsync(AssignedCluster command, CancellationToken cancellationToken);

    /// <summary>How a cluster is assigned; without a customer where it is not.</summary>
    [Alias("find"), AlwaysInterleave]
    Task<AssignedCluster> FindAsync(ClusterId cluster, CancellationToken cancellationToken);

    /// <summary>The customers whom any of some clusters are assigned to now.</summary>
    [Alias("of"), AlwaysInterleave]
    Task<AssignedCustomers> OfAsync(AssignedClusters clusters, CancellationToken cancellationToken);

    /// <summary>Takes a place for a key that is about to be made; <c>key.limit</c>. A name that the cluster has already needs none.</summary>
    [Alias("enter")]
    Task<Answer<Nothing>> EnterAsync(KeyPlace place, CancellationToken cancellationToken);

    /// <summary>The key was made, or was not: from now on the cluster's own count says.</summary>
    [Alias("leave"), AlwaysInterleave]
    Task LeaveAsync(KeyPlace place, CancellationToken cancellationToken);
}

/// <summary>A cluster's assignment.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Customer">The customer's name; null for nobody.</param>
/// <param name="MaxKeys">How many keys it may have; null for as many as enclaves hold.</param>
[GenerateSerializer, Immutable, Alias("vg.customers.assigned.v1")]
public sealed record AssignedCluster([property: Id(0)] ClusterId Cluster, [property: Id(1)] string? Customer, [property: Id(2)] int? MaxKeys);

/// <summary>Clusters whose customers are asked for.</summary>
/// <param name="Clusters">The clusters.</param>
[GenerateSerializer, Immutable, Alias("vg.customers.clusters.v1")]
public sealed record AssignedClusters([property: Id(0)] ImmutableArray<ClusterId> Clusters);

/// <summary>Customers of clusters.</summary>
/// <param name="Customers">Their names, each once, in order.</param>
[GenerateSerializer, Immutable, Alias("vg.customers.names.v1")]
public sealed record AssignedCustomers([property: Id(0)] ImmutableArray<string> Customers);

/// <summary>A key that is about to be made.</summary>
/// <param name="Cluster">Where.</param>
/// <param name="Request">By which request.</param>
/// <param name="Key">Under which name.</param>
[GenerateSerializer, Immutable, Alias("vg.customers.place.v1")]
public sealed record KeyPlace([property: Id(0)] ClusterId Cluster, [property: Id(1)] RequestId Request, [property: Id(2)] KeyId Key);
