using System.CommandLine;

namespace VaultGrid.Cli.Nodes;

internal sealed class NodeStatusCommand : LeafCommand
{
    private readonly Argument<NodeId> _node = Inputs.NodeArgument();

    public NodeStatusCommand()
        : base("status", "Ask a node how it is", "vaultgrid node status 1/2") => Arguments.Add(_node);

    protected override async Task<Report> RunAsync(Invocation run) =>
        NodeText.Report(await run.Grid.GetNodeAsync(run.Get(_node), run.Cancellation).OrEnd());
}
