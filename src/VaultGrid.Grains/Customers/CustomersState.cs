namespace VaultGrid.Grains.Customers;

/// <summary>What is assigned, by cluster.</summary>
[GenerateSerializer, Alias("vg.state.customers.v1")]
internal sealed class CustomersState
{
    /// <summary>In order of cluster; a cluster that is not in it is nobody's.</summary>
    [Id(0)] public ImmutableArray<AssignedCluster> Clusters { get; set; } = [];
}
