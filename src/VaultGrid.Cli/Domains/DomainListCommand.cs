using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using VaultGrid.Cli.Trusts;
using VaultGrid.Client;

namespace VaultGrid.Cli.Domains;

internal sealed class DomainListCommand : LeafCommand
{
    private readonly Option<TrustId?> _chain = Inputs.Chain("Only this chain's");
    private readonly Option<string?> _owner = new("--owner") { Description = "Only this operator's: a number or an identity", HelpName = "N|URI" };
    private readonly Option<bool> _behind = new("--behind") { Description = "Only those of --chain that stand under an older Trust than the newest" };
    private readonly PageOptions _page = new();

    public DomainListCommand()
        : base("list", "List Domains by page", "vaultgrid domain list --chain 3f0c… --behind")
    {
        foreach (var option in new Option[] { _chain, _owner, _behind }.Concat(_page.All)) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        ulong? below = null;
        if (run.Get(_behind))
        {
            var chain = run.Get(_chain) ?? throw CommandEndedException.Usage("--behind needs --chain");
            below = (await run.Trusts.GetChainAsync(chain, run.Cancellation).OrEnd()).Number;
        }

        var query = new DomainQuery { Chain = run.Get(_chain), Owner = OperatorName.Uri(run.Get(_owner)), Below = below, Limit = _page.ReadLimit(run), After = run.Get(_page.After) };
        var page = await run.Trusts.ListDomainsAsync(query, run.Cancellation).OrEnd();
        var report = new Report(new JsonObject { ["domains"] = new JsonArray([.. page.Items.Select(DomainText.Json)]), ["next"] = page.Next })
            .Table(["Domain", "kind", "revision", "Trust", "owner", ""], page.Items.Select(item => new[]
            {
                item.Domain.ToString(), item.Kind, item.Revision.ToString(CultureInfo.InvariantCulture), item.TrustNumber.ToString(CultureInfo.InvariantCulture), item.Owner,
                item.Retired ? "retired" : "",
            }));
        return _page.More(report, page.Next);
    }
}
