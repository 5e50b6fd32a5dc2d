using System.CommandLine;
using System.Text.Json;
using VaultGrid.Client.Json;

namespace VaultGrid.Cli.Trusts;

internal sealed class TrustRewrapCommand : LeafCommand
{
    private readonly Argument<TrustId> _chain = Inputs.ChainArgument();
    private readonly Option<bool> _start = new("--start") { Description = "Start it, or go on at once where it waits; a sealed Trust starts it by itself" };

    public TrustRewrapCommand()
        : base("rewrap", "Show how far the Domains of a chain are on their way under its newest Trust", "vaultgrid trust rewrap 3f0c…\nvaultgrid trust rewrap 3f0c… --start")
    {
        Arguments.Add(_chain);
        Options.Add(_start);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var chain = run.Get(_chain);
        var status = await (run.Get(_start) ? run.Trusts.StartRewrapAsync(chain, run.Cancellation) : run.Trusts.GetRewrapAsync(chain, run.Cancellation)).OrEnd();
        var report = new Report(JsonSerializer.SerializeToNode(status, VaultGridJson.Answers.RewrapStatus)!)
            .Field("chain", status.Chain)
            .Field("for", $"Trust {status.Number}, {status.Trust}")
            .Field("state", status.State)
            .Field("Domains", $"{status.Done} re-wrapped, {status.Left} left");
        return status.Refused.Aggregate(report, (told, one) => told.Line($"{one.Domain}: {one.Problem.Code}: {one.Problem.Detail}"));
    }
}
