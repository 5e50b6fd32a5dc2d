using System.CommandLine;

namespace VaultGrid.Cli.Keys;

internal sealed class KeyShowCommand : LeafCommand
{
    private readonly Argument<KeyId> _key = Inputs.KeyArgument();
    private readonly Option<ClusterId> _cluster = Inputs.Cluster();

    public KeyShowCommand()
        : base("show", "Show a key, who holds it and its policy in force", "vaultgrid key show treasury --cluster 1")
    {
        Arguments.Add(_key);
        Options.Add(_cluster);
    }

    protected override async Task<Report> RunAsync(Invocation run) =>
        KeyText.Report(await run.Grid.GetKeyAsync(run.Get(_cluster), run.Get(_key), run.Cancellation).OrEnd());
}
