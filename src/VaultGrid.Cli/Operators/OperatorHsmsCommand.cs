using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using VaultGrid.Client;
using VaultGrid.Client.Json;

namespace VaultGrid.Cli.Operators;

internal sealed class OperatorHsmsCommand : LeafCommand
{
    private readonly Option<TrustId?> _chain = Inputs.Chain("Only this chain's");
    private readonly PageOptions _page = new();

    public OperatorHsmsCommand()
        : base("hsms", "List HSMs' public keys by page", "vaultgrid operator hsms --chain 3f0c…")
    {
        foreach (var option in new Option[] { _chain }.Concat(_page.All)) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var query = new HsmKeyQuery { Chain = run.Get(_chain), Limit = _page.ReadLimit(run), After = run.Get(_page.After) };
        var page = await run.Trusts.ListHsmKeysAsync(query, run.Cancellation).OrEnd();
        var report = new Report(new JsonObject
        {
            ["hsms"] = new JsonArray([.. page.Items.Select(item => JsonSerializer.SerializeToNode(item, VaultGridJson.Answers.HsmKeyStatus)!)]), ["next"] = page.Next,
        }).Table(["HSM", "chain", "kind", "wrap key", ""], page.Items.Select(item => new[]
        {
            item.Node.ToString(), item.Chain.ToString(), item.Kind, item.WrapKey.ToString(), item.Retired ? "retired" : "",
        }));
        return _page.More(report, page.Next);
    }
}
