using System.CommandLine;

namespace VaultGrid.Cli.Ca;

internal sealed class CaRefreshListsCommand : LeafCommand
{
    private readonly Argument<string> _directory = CaDirectory.Argument();

    public CaRefreshListsCommand()
        : base("refresh-lists", "Write the next revocation list of every CA, before the present ones are overdue", "vaultgrid ca refresh-lists ca --passphrase-file ca.pass") =>
        Arguments.Add(_directory);

    protected override Task<Report> RunAsync(Invocation run)
    {
        using var authorities = CaDirectory.Open(run, _directory);
        using var passphrase = CaDirectory.Passphrase(run);
        return Task.FromResult(Lists.Report(authorities.RefreshLists(passphrase).OrEnd(), authorities));
    }
}
