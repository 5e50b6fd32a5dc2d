using System.CommandLine;
using System.Text.Json.Nodes;
using VaultGrid.Cli.Requests;
using VaultGrid.Client;
using VaultGrid.Model.Json;

namespace VaultGrid.Cli.Threshold;

/// <summary>The sessions that requests were held in, by way of the request history.</summary>
internal sealed class SessionListCommand : LeafCommand
{
    private readonly Option<int> _limit = new("--limit") { Description = "How many requests to look at, at most 500", HelpName = "N", DefaultValueFactory = _ => 50 };
    private readonly Option<string?> _after = new("--after") { Description = "The mark that the page before gave", HelpName = "MARK" };

    public SessionListCommand()
        : base("sessions", "List requests that several clusters signed, or refused to, newest first", "vaultgrid threshold sessions --limit 200")
    {
        foreach (var option in new Option[] { _limit, _after }) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var limit = run.Get(_limit);
        if (limit is < 1 or > PageQuery.LimitMax) throw CommandEndedException.Usage($"--limit is 1 to {PageQuery.LimitMax}");
        var page = await run.Grid.ListRequestsAsync(new RequestQuery { Limit = limit, After = run.Get(_after) }, run.Cancellation).OrEnd();
        var held = page.Items.Where(item => item.Session is not null).ToList();
        var report = new Report(new JsonObject { ["requests"] = new JsonArray([.. held.Select(StatusText.Json)]), ["next"] = page.Next })
            .Table(["filed", "session", "state", "participants", "request"], held.Select(item => new[]
            {
                UtcTime.Format(item.Filed), item.Session!.Value.ToString(), item.Refusal is { } refusal ? refusal.Code : item.State,
                item.Signature?.Participants is { } nodes ? string.Join(" ", nodes) : "-", item.RequestId.ToString(),
            }));
        return page.Next is null ? report : report.Line($"more: --after {page.Next}");
    }
}
