using System.CommandLine;
using VaultGrid.Cli.Trusts;
using VaultGrid.Client;

namespace VaultGrid.Cli.Domains;

internal sealed class DomainStoreCommand : LeafCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "The Domain's document" };

    public DomainStoreCommand()
        : base("store", "Give the grid a Domain's document that was kept elsewhere", "vaultgrid domain store d.json") => Arguments.Add(_file);

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var domain = TrustFile.ReadDomain(run.Get(_file));
        var status = await run.Trusts.StoreDomainAsync(new DocumentSubmission(domain.ToBytes()), run.Cancellation).OrEnd();
        return new Report(DomainText.Json(status)).Line($"the grid keeps Domain {status.Domain} at revision {status.Revision}");
    }
}
