using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using VaultGrid.Client.Json;
using VaultGrid.Model.Json;

namespace VaultGrid.Cli.Clusters;

internal sealed class ClusterStatusCommand : LeafCommand
{
    private readonly Argument<ClusterId> _cluster = Inputs.ClusterArgument();

    public ClusterStatusCommand()
        : base("status", "Show a cluster and how each of its nodes answers", "vaultgrid cluster status 1") => Arguments.Add(_cluster);

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var status = await run.Grid.GetClusterAsync(run.Get(_cluster), run.Cancellation).OrEnd();
        return new Report(JsonSerializer.SerializeToNode(status, VaultGridJson.Answers.ClusterStatus)!)
            .Field("cluster", status.Cluster)
            .Field("membership", status.Membership is { } record ? $"{record}, number {status.MembershipNumber.ToString(CultureInfo.InvariantCulture)}" : "none yet")
            .Field("keys", status.Assignment?.MaxKeys is { } most ? $"{status.Keys} of at most {most.ToString(CultureInfo.InvariantCulture)}" : status.Keys)
            .Field("customer", status.Assignment?.Customer ?? "nobody")
            .Table(["node", "phase", "keys", "membership", "store", "last seen"], status.Nodes.Select(node => new[]
            {
                node.Node.ToString(), node.Phase, node.Keys.Count.ToString(CultureInfo.InvariantCulture), node.MembershipNumber?.ToString(CultureInfo.InvariantCulture) ?? "-",
                node.StoreVersion?.ToString(CultureInfo.InvariantCulture) ?? "-", node.LastSeen is { } seen ? UtcTime.Format(seen) : "never",
            }));
    }
}
