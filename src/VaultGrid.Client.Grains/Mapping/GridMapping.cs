using System.Reflection;

namespace VaultGrid.Client.Grains;

/// <summary>Grid and clusters, from the grains' messages to the client's records.</summary>
internal static class GridMapping
{
    private static readonly string Version =
        typeof(GridMapping).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    public static Outcome<GridStatus> Grid(GridReport report) => new GridStatus(
        EngineOfGrid.Name, Version, [.. report.Clusters.Select(line => new ClusterSummary(line.Cluster, line.Nodes, line.Serving))]);

    public static Outcome<ClusterStatus> Cluster(ClusterReport report) => new ClusterStatus(
        report.Cluster, report.Membership, report.MembershipNumber, [.. report.Nodes.Select(NodeMapping.ToStatus)], report.Keys,
        report.Customer is null ? null : new ClusterAssignment(report.Customer, report.MaxKeys));

    public static Outcome<ClusterAssignment> Assignment(AssignedCluster assigned) => new ClusterAssignment(assigned.Customer, assigned.MaxKeys);

    public static Outcome<SyncReport> Synchronised(ClusterId cluster, SynchronisationReport report) => new SyncReport(
        cluster, [.. report.Nodes.Select(node => new NodeSync(node.Node, node.Records, node.KeysCopied, ProblemOf(node.Refusal)))]);

    public static Problem? ProblemOf(Refused? refusal) => refusal is null ? null : new Problem(refusal.Code, refusal.Detail);
}
