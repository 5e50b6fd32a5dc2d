using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using VaultGrid.Client;
using VaultGrid.Client.Json;
using VaultGrid.Model.Json;

namespace VaultGrid.Cli.Audit;

internal sealed class AuditListCommand : LeafCommand
{
    private readonly Argument<ClusterId> _cluster = Inputs.ClusterArgument();
    private readonly Option<string?> _after = new("--after") { Description = "Position to start at (else the beginning)", HelpName = "N" };
    private readonly Option<int> _limit = new("--limit") { Description = "How many entries at most", HelpName = "N", DefaultValueFactory = _ => 50 };

    public AuditListCommand()
        : base("list", "List a cluster's merged audit log, the oldest first", "vaultgrid audit list 1 --after 100 --limit 20")
    {
        Arguments.Add(_cluster);
        foreach (var option in new Option[] { _after, _limit }) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var page = await run.Grid.ListAuditAsync(run.Get(_cluster), new PageQuery { After = run.Get(_after), Limit = run.Get(_limit) }, run.Cancellation).OrEnd();
        return new Report(JsonSerializer.SerializeToNode(page, VaultGridJson.Answers.AuditPage)!)
            .Table(
                ["position", "node", "number", "time", "action", "outcome", "subject"],
                page.Items.Select(entry => (IReadOnlyList<string>)
                [
                    entry.Position.ToString(CultureInfo.InvariantCulture), entry.Node.ToString(), entry.Number.ToString(CultureInfo.InvariantCulture),
                    UtcTime.Format(entry.Time), entry.Action, entry.Outcome, entry.Subject,
                ]))
            .Line(page.Next is null ? "no entries follow" : $"more: --after {page.Next}");
    }
}
