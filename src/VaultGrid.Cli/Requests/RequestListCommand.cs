using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using VaultGrid.Cli.Ca;
using VaultGrid.Client;
using VaultGrid.Model.Json;

namespace VaultGrid.Cli.Requests;

internal sealed class RequestListCommand : LeafCommand
{
    private readonly Option<uint?> _cluster = new("--cluster") { Description = "Only this cluster's", HelpName = "N" };
    private readonly Option<string> _state = new Option<string>("--state") { Description = "Only those in this state: open, done, refused or expired", HelpName = "STATE" }
        .Among("open", "done", "refused", "expired");

    private readonly Option<string?> _caller = new("--caller") { Description = "Only those filed by this identity", HelpName = "URI" };
    private readonly Option<string?> _customer = new("--customer") { Description = "Only those of clusters that were assigned to this customer when they were filed", HelpName = "NAME" };
    private readonly Option<int> _limit = new("--limit") { Description = "How many, at most 500", HelpName = "N", DefaultValueFactory = _ => 50 };
    private readonly Option<string?> _after = new("--after") { Description = "The mark that the page before gave", HelpName = "MARK" };

    public RequestListCommand()
        : base("list", "List filed requests by page, newest first", "vaultgrid request list --cluster 1 --state done --limit 20")
    {
        foreach (var option in new Option[] { _cluster, _state, _caller, _customer, _limit, _after }) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var limit = run.Get(_limit);
        if (limit is < 1 or > PageQuery.LimitMax || run.Get(_cluster) is 0) throw CommandEndedException.Usage($"--limit is 1 to {PageQuery.LimitMax}, --cluster a cluster's number");
        var query = new RequestQuery
        {
            Cluster = run.Get(_cluster) is { } cluster ? new ClusterId(cluster) : null,
            State = run.Get(_state),
            Caller = run.Get(_caller),
            Customer = run.Get(_customer),
            Limit = limit,
            After = run.Get(_after),
        };
        var page = await run.Grid.ListRequestsAsync(query, run.Cancellation).OrEnd();
        var report = new Report(new JsonObject { ["requests"] = new JsonArray([.. page.Items.Select(StatusText.Json)]), ["next"] = page.Next })
            .Table(["filed", "request", "action", "cluster", "state", "approvals", "by"], page.Items.Select(item => new[]
            {
                UtcTime.Format(item.Filed), item.RequestId.ToString(), item.Action, item.Cluster.ToString(), item.State,
                item.Approvals.ToString(CultureInfo.InvariantCulture), item.Caller,
            }));
        return page.Next is null ? report : report.Line($"more: --after {page.Next}");
    }
}
