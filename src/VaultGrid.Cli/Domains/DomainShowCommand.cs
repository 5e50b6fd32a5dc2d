using System.CommandLine;
using VaultGrid.Cli.Files;

namespace VaultGrid.Cli.Domains;

internal sealed class DomainShowCommand : LeafCommand
{
    private readonly Argument<string> _domain = new("DOMAIN") { Description = DomainInput.Description };
    private readonly Option<string?> _out = new("--out") { Description = "Where its document goes", HelpName = "FILE" };

    public DomainShowCommand()
        : base("show", "Show a Domain; with --out save its document", "vaultgrid domain show 7d9b1c4e-… --out d.json")
    {
        Arguments.Add(_domain);
        Options.Add(_out);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        if (run.Get(_out) is { } path) _ = OutputFiles.Check(path);
        var domain = await DomainInput.ReadAsync(run, run.Get(_domain));
        if (run.Get(_out) is not { } target) return DomainText.Report(domain);
        DomainInput.Write(target, domain);
        return DomainText.Report(domain, $"wrote {target}");
    }
}
