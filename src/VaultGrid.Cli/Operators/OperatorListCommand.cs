using System.Text.Json;
using System.Text.Json.Nodes;
using VaultGrid.Client;
using VaultGrid.Client.Json;
using VaultGrid.Model.Json;

namespace VaultGrid.Cli.Operators;

internal sealed class OperatorListCommand : LeafCommand
{
    private readonly PageOptions _page = new();

    public OperatorListCommand()
        : base("list", "List operators' public keys by page", "vaultgrid operator list")
    {
        foreach (var option in _page.All) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var query = new PageQuery { Limit = _page.ReadLimit(run), After = run.Get(_page.After) };
        var page = await run.Trusts.ListOperatorsAsync(query, run.Cancellation).OrEnd();
        var report = new Report(new JsonObject
        {
            ["operators"] = new JsonArray([.. page.Items.Select(item => JsonSerializer.SerializeToNode(item, VaultGridJson.Answers.OperatorStatus)!)]), ["next"] = page.Next,
        }).Table(["operator", "key", "until"], page.Items.Select(item => new[] { item.Identity, item.Key.ToString(), UtcTime.Format(item.NotAfter) }));
        return _page.More(report, page.Next);
    }
}
