namespace VaultGrid.Grains;

/// <summary>The enclaves that a silo has at its sockets.</summary>
/// <param name="Silo">The silo's name.</param>
/// <param name="Nodes">All of them: what it had before and does not name now is gone.</param>
[GenerateSerializer, Immutable, Alias("vg.grid.attach.v1")]
public sealed record AttachSilo([property: Id(0)] string Silo, [property: Id(1)] ImmutableArray<NodeId> Nodes);

/// <summary>Every node that some silo has attached.</summary>
/// <param name="Nodes">In order of cluster and node.</param>
[GenerateSerializer, Immutable, Alias("vg.grid.nodes.v1")]
public sealed record GridNodes([property: Id(0)] ImmutableArray<NodeId> Nodes)
{
    /// <summary>The nodes of one cluster.</summary>
    public ImmutableArray<NodeId> Of(ClusterId cluster) => [.. Nodes.Where(node => node.Cluster == cluster)];
}

/// <summary>The grid in short.</summary>
/// <param name="Clusters">Its clusters, in order.</param>
[GenerateSerializer, Immutable, Alias("vg.grid.report.v1")]
public sealed record GridReport([property: Id(0)] ImmutableArray<ClusterLine> Clusters);

/// <summary>A cluster in one line.</summary>
/// <param name="Cluster">Its number.</param>
/// <param name="Nodes">How many nodes are attached.</param>
/// <param name="Serving">How many of them are members and answer.</param>
[GenerateSerializer, Immutable, Alias("vg.grid.cluster.v1")]
public sealed record ClusterLine([property: Id(0)] ClusterId Cluster, [property: Id(1)] int Nodes, [property: Id(2)] int Serving);
