using System.CommandLine;
using System.Text.Json;
using VaultGrid.Client.Json;

namespace VaultGrid.Cli.Trusts;

internal sealed class TrustChainCommand : LeafCommand
{
    private readonly Argument<TrustId> _chain = Inputs.ChainArgument();

    public TrustChainCommand()
        : base("chain", "Show a chain: its newest Trust, its HSMs, and how many Domains wait to be re-wrapped", "vaultgrid trust chain 3f0c…") => Arguments.Add(_chain);

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var chain = await run.Trusts.GetChainAsync(run.Get(_chain), run.Cancellation).OrEnd();
        return new Report(JsonSerializer.SerializeToNode(chain, VaultGridJson.Answers.ChainStatus)!)
            .Field("chain", chain.Chain)
            .Field("first", chain.First)
            .Field("newest", $"{chain.Newest}, number {chain.Number}")
            .Field("HSMs", string.Join(", ", chain.Hsms))
            .Field("retired", chain.Retired.Count == 0 ? "none" : string.Join(", ", chain.Retired))
            .Field("Domains", $"{chain.Domains}, of which {chain.Behind} stand under an older Trust");
    }
}
