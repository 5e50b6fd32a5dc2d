using System.CommandLine;

namespace VaultGrid.Cli.Domains;

internal sealed class DomainRetireCommand : LeafCommand
{
    private readonly Argument<DomainId> _domain = Inputs.DomainArgument();

    public DomainRetireCommand()
        : base("retire", "Have the grid serve a Domain no more", "vaultgrid domain retire 7d9b1c4e-…") => Arguments.Add(_domain);

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var domain = await run.Domains.GetAsync(run.Get(_domain), run.Cancellation).OrEnd();
        var status = await run.Domains.RetireAsync(domain, run.Cancellation).OrEnd();
        return new Report(DomainText.Json(status))
            .Line($"the grid serves Domain {status.Domain} no more")
            .Line("whoever kept its document can still store it in another grid with the same HSMs: those stop with the chain's next Trust");
    }
}
