using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using VaultGrid.Cli.Ca;
using VaultGrid.Client;
using VaultGrid.Model.Json;

namespace VaultGrid.Cli.Trusts;

internal sealed class TrustListCommand : LeafCommand
{
    private readonly Option<TrustId?> _chain = Inputs.Chain("Only this chain's");
    private readonly Option<string> _state = new Option<string>("--state") { Description = "Only those in this state: unsigned, signed or passed", HelpName = "STATE" }
        .Among("unsigned", "signed", "passed");

    private readonly Option<string?> _operator = new("--operator") { Description = "Only those that name this operator: a number or an identity", HelpName = "N|URI" };
    private readonly PageOptions _page = new();

    public TrustListCommand()
        : base("list", "List Trusts by page, newest first: unsigned ones, signed ones, an operator's own", "vaultgrid trust list --state unsigned --operator 3")
    {
        foreach (var option in new Option[] { _chain, _state, _operator }.Concat(_page.All)) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var query = new TrustQuery
        {
            Chain = run.Get(_chain), State = run.Get(_state), Operator = OperatorName.Uri(run.Get(_operator)), Limit = _page.ReadLimit(run), After = run.Get(_page.After),
        };
        var page = await run.Trusts.ListTrustsAsync(query, run.Cancellation).OrEnd();
        var report = new Report(new JsonObject { ["trusts"] = new JsonArray([.. page.Items.Select(TrustStatusText.Json)]), ["next"] = page.Next })
            .Table(["filed", "trust", "chain", "number", "state", "signatures", "HSMs"], page.Items.Select(item => new[]
            {
                UtcTime.Format(item.Filed), item.Trust.ToString(), item.Chain.ToString(), item.Number.ToString(CultureInfo.InvariantCulture), item.State,
                $"{item.Signers.Count}, quorum {item.Quorum}", string.Join(", ", item.Hsms),
            }));
        return _page.More(report, page.Next);
    }
}
