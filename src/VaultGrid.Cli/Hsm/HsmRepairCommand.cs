using System.CommandLine;

namespace VaultGrid.Cli.Hsm;

/// <summary>Gives a holder its lost share back now; the grid does so by itself when it notices.</summary>
internal sealed class HsmRepairCommand : LeafCommand
{
    private readonly SharedKeyInput _key = new();
    private readonly Option<string> _node = new("--node") { Description = "The holder that has lost its share, as cluster/node", HelpName = "NODE", Required = true };

    public HsmRepairCommand()
        : base("repair", "Have a lost share repaired by other holders, who don't learn it", "vaultgrid hsm repair vault --node 1/3")
    {
        Arguments.Add(_key.Key);
        Options.Add(_key.Scheme);
        Options.Add(_node);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        if (!NodeId.TryParse(run.Get(_node), out var node)) throw CommandEndedException.Usage($"'{run.Get(_node)}' is not a node: expected cluster/node, such as 1/2");
        var key = await _key.ReadAsync(run);
        return HsmText.Ceremony(await run.Grid.SharedKeys.RepairAsync(key.Key, node, run.Cancellation).OrEnd());
    }
}
