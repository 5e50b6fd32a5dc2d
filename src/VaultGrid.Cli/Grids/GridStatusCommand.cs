using System.Globalization;
using System.Text.Json;
using VaultGrid.Client.Json;

namespace VaultGrid.Cli.Grids;

internal sealed class GridStatusCommand : LeafCommand
{
    public GridStatusCommand()
        : base("status", "Show the grid: its engine and its clusters", "vaultgrid grid status --json")
    {
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var status = await run.Grid.GetGridAsync(run.Cancellation).OrEnd();
        return new Report(JsonSerializer.SerializeToNode(status, VaultGridJson.Answers.GridStatus)!)
            .Field("engine", status.Engine)
            .Field("version", status.Version)
            .Table(["cluster", "nodes", "serving"], status.Clusters.Select(cluster => new[]
            {
                cluster.Cluster.ToString(), cluster.Nodes.ToString(CultureInfo.InvariantCulture), cluster.Serving.ToString(CultureInfo.InvariantCulture),
            }));
    }
}
