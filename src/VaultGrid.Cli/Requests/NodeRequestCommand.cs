using System.CommandLine;
using VaultGrid.Client;

namespace VaultGrid.Cli.Requests;

/// <summary>Writes a request about one node that names a state of it by hash.</summary>
internal abstract class NodeRequestCommand : LeafCommand
{
    private readonly Argument<NodeId> _node = Inputs.NodeArgument();
    private readonly Option<Hash256?> _state;
    private readonly Option<string?> _admins = AdminsInForce.Option();
    private readonly RequestOptions _request = new();

    protected NodeRequestCommand(string name, string description, string example, Option<Hash256?> state)
        : base(name, description, example)
    {
        _state = state;
        Arguments.Add(_node);
        foreach (var option in new Option[] { _state, _admins }.Concat(_request.All)) Options.Add(option);
    }

    /// <summary>What the request replaces, as the node's status has it.</summary>
    protected abstract Hash256? StateOf(NodeStatus status);

    protected abstract Request Make(RequestTerms terms, NodeId node, Hash256 policy, Hash256 state);

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var node = run.Get(_node);
        var terms = await _request.ReadAsync(run);
        var state = run.Get(_state) ?? await AskAsync(run, node);
        return _request.Write(run, Make(terms, node, await AdminsInForce.HashAsync(run, _admins, node.Cluster), state), document: null);
    }

    private async Task<Hash256> AskAsync(Invocation run, NodeId node)
    {
        if (!run.HasGrid) throw CommandEndedException.Usage($"neither {_state.Name} nor --grid is given", "a request names the state that it replaces by hash");
        var status = await run.Grid.GetNodeAsync(node, run.Cancellation).OrEnd();
        return StateOf(status) ?? throw CommandEndedException.Refused(new Refusal(RefusalCode.PhaseRefused, $"node {node} is {status.Phase}: it has no such state"));
    }
}
