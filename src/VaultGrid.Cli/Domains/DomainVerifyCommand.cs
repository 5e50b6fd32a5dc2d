using System.CommandLine;
using VaultGrid.Cli.Trusts;

namespace VaultGrid.Cli.Domains;

/// <summary>Verifies every signature of a Domain, of its Trust, and of the chain before that, here.</summary>
internal sealed class DomainVerifyCommand : LeafCommand
{
    private readonly Argument<string> _domain = new("DOMAIN") { Description = DomainInput.Description };
    private readonly TrustInput _trust = new();
    private readonly ChainInput _chain = new();

    public DomainVerifyCommand()
        : base("verify", "Verify all signatures of a Domain and of its chain of Trusts, by your own copy of the root", "vaultgrid domain verify d.json --before trust-1.json --authorities authorities.pem")
    {
        Arguments.Add(_domain);
        foreach (var option in new Option[] { _trust.Authorities }.Concat(_chain.All)) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var authorities = _trust.Trusted(run);
        var text = run.Get(_domain);
        var domain = DomainId.TryParse(text, out var id)
            ? DomainInput.Parse(((await run.Trusts.GetDomainAsync(id, run.Cancellation).OrEnd()).Document ?? default).Span)
            : TrustFile.ReadDomain(text);
        _ = domain.Check(authorities).OrEnd();
        var chain = await _chain.VerifyAsync(run, domain.Trust, domain.Keys.First, authorities);
        var report = DomainText.Report(domain, $"verified: the Domain and {chain.Trusts.Length} Trust{(chain.Trusts.Length == 1 ? "" : "s")}, every signature");
        report.Json["verified"] = true;
        return report;
    }
}
