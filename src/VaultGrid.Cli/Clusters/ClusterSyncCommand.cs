using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using VaultGrid.Client.Json;

namespace VaultGrid.Cli.Clusters;

internal sealed class ClusterSyncCommand : LeafCommand
{
    private readonly Argument<ClusterId> _cluster = Inputs.ClusterArgument();

    public ClusterSyncCommand()
        : base("sync", "Bring every node of a cluster to the same records, lists and keys", "vaultgrid cluster sync 1") => Arguments.Add(_cluster);

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var sync = await run.Grid.SynchroniseAsync(run.Get(_cluster), run.Cancellation).OrEnd();
        return new Report(JsonSerializer.SerializeToNode(sync, VaultGridJson.Answers.SyncReport)!)
            .Table(["node", "records brought", "keys copied", "refusal"], sync.Nodes.Select(node => new[]
            {
                node.Node.ToString(), node.Records.ToString(CultureInfo.InvariantCulture), node.KeysCopied.Count == 0 ? "none" : string.Join(", ", node.KeysCopied),
                node.Refusal is { } refusal ? $"{refusal.Code}: {refusal.Detail}" : "-",
            }));
    }
}
