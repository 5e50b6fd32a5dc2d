using System.CommandLine;
using System.Text.Json.Nodes;

namespace VaultGrid.Cli.Ca;

internal sealed class CaAddClusterCommand : LeafCommand
{
    private readonly Argument<string> _directory = CaDirectory.Argument();
    private readonly Argument<ClusterId> _cluster = Inputs.ClusterArgument();

    public CaAddClusterCommand()
        : base("add-cluster", "Make the CA of one more cluster", "vaultgrid ca add-cluster ca 4 --passphrase-file ca.pass")
    {
        Arguments.Add(_directory);
        Arguments.Add(_cluster);
    }

    protected override Task<Report> RunAsync(Invocation run)
    {
        using var authorities = CaDirectory.Open(run, _directory);
        using var passphrase = CaDirectory.Passphrase(run);
        var made = authorities.AddCluster(run.Get(_cluster), passphrase).OrEnd();
        return Task.FromResult(new Report(new JsonObject { ["identity"] = made.Identity.Uri, ["certificate"] = Files.CertificateFile.ToPem(made.Der) })
            .Line($"made {made.Identity}"));
    }
}
