using System.CommandLine;

namespace VaultGrid.Cli.Keys;

internal sealed class KeyListCommand : LeafCommand
{
    private readonly Option<ClusterId> _cluster = Inputs.Cluster();

    public KeyListCommand()
        : base("list", "List the keys of a cluster", "vaultgrid key list --cluster 1") => Options.Add(_cluster);

    protected override async Task<Report> RunAsync(Invocation run) => KeyText.Report(await KeyText.AllAsync(run, run.Get(_cluster)));
}
