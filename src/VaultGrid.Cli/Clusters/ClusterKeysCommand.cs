using System.CommandLine;
using VaultGrid.Cli.Keys;

namespace VaultGrid.Cli.Clusters;

internal sealed class ClusterKeysCommand : LeafCommand
{
    private readonly Argument<ClusterId> _cluster = Inputs.ClusterArgument();

    public ClusterKeysCommand()
        : base("keys", "List a cluster's keys and which nodes hold them", "vaultgrid cluster keys 1") => Arguments.Add(_cluster);

    protected override async Task<Report> RunAsync(Invocation run) => KeyText.Report(await KeyText.AllAsync(run, run.Get(_cluster)));
}
