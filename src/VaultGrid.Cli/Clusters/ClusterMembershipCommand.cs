using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;

namespace VaultGrid.Cli.Clusters;

internal sealed class ClusterMembershipCommand : LeafCommand
{
    private readonly Argument<ClusterId> _cluster = Inputs.ClusterArgument();

    public ClusterMembershipCommand()
        : base("membership", "Show the membership record in force (to change it: 'vaultgrid request new change-membership')", "vaultgrid cluster membership 1") => Arguments.Add(_cluster);

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var status = await run.Grid.GetClusterAsync(run.Get(_cluster), run.Cancellation).OrEnd();
        var members = status.Nodes.Where(node => node.Membership is not null && node.Membership == status.Membership).Select(node => node.Node.ToString()).ToList();
        return new Report(new JsonObject
        {
            ["cluster"] = status.Cluster.ToString(),
            ["membership"] = status.Membership?.ToString(),
            ["number"] = status.MembershipNumber,
            ["nodesThatHaveIt"] = new JsonArray([.. members.Select(node => (JsonNode)node)]),
        })
            .Field("record in force", status.Membership?.ToString() ?? "none yet")
            .Field("number", status.MembershipNumber.ToString(CultureInfo.InvariantCulture))
            .Field("nodes that have it", members.Count == 0 ? "none" : string.Join(", ", members));
    }
}
