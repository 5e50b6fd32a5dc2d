namespace VaultGrid.Client;

/// <summary>The grid in short.</summary>
/// <param name="Engine">The grain engine: <c>orleans</c> or <c>embedded</c>.</param>
/// <param name="Version">The software version.</param>
/// <param name="Clusters">Its clusters, in order.</param>
public sealed record GridStatus(string Engine, string Version, IReadOnlyList<ClusterSummary> Clusters);

/// <summary>A cluster in one line.</summary>
/// <param name="Cluster">Its number.</param>
/// <param name="Nodes">How many nodes are attached.</param>
/// <param name="Serving">How many of them are members and answer.</param>
public sealed record ClusterSummary(ClusterId Cluster, int Nodes, int Serving);
