using System.CommandLine;

namespace VaultGrid.Cli.Requests;

/// <summary>Writes the request by which a node forgets its alarms about a set of other nodes.</summary>
internal sealed class ClearAlarmsCommand : LeafCommand
{
    private readonly Argument<NodeId> _node = Inputs.NodeArgument();
    private readonly Option<Hash256?> _key = Inputs.Hash("--key-hash", "The key's hash, as the node's status tells it with the alarm (else that of its only alarm about these nodes)");
    private readonly Option<string> _about = new("--about") { Description = "The nodes that the alarm is about, such as 2/1", HelpName = "LIST", Required = true };
    private readonly Option<Hash256?> _state = Inputs.Hash("--alarms", "Hash of the alarms that the node has (else asked of the grid)");
    private readonly Option<string?> _admins = AdminsInForce.Option();
    private readonly RequestOptions _request = new();

    public ClearAlarmsCommand()
        : base(
            "alarm-clear",
            "Write the request by which a node takes part again in sessions with nodes that it has alarms about",
            "vaultgrid request new alarm-clear 1/1 --about 2/1 --purpose 'the cable of 2/1 was replaced' --out clear.json")
    {
        Arguments.Add(_node);
        foreach (var option in new Option[] { _key, _about, _state, _admins }.Concat(_request.All)) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var node = run.Get(_node);
        var about = run.Get(_about).Split(',').Select(Parse).OrderBy(id => id.Cluster.Number).ThenBy(id => id.Index).Distinct().ToList();
        var terms = await _request.ReadAsync(run);
        var (key, alarms) = run.Get(_key) is { } named && run.Get(_state) is { } known ? (named, known) : await AskAsync(run, node, about);
        return _request.Write(
            run,
            new ClearAlarmsRequest
            {
                Id = terms.Id, Cluster = node.Cluster, Policy = await AdminsInForce.HashAsync(run, _admins, node.Cluster), Revocations = terms.Revocations,
                Expires = terms.Expires, Purpose = terms.Purpose, Node = node.Index, Key = key, Nodes = [.. about], Replaces = alarms,
            },
            document: null);
    }

    private static NodeId Parse(string text) =>
        NodeId.TryParse(text, out var node) ? node : throw CommandEndedException.Usage($"'{text}' in --about is not a node: expected cluster/node, such as 2/1");

    private async Task<(Hash256 Key, Hash256 Alarms)> AskAsync(Invocation run, NodeId node, List<NodeId> about)
    {
        if (!run.HasGrid) throw CommandEndedException.Usage("--key-hash and --alarms, or --grid, are missing", "a request names the state that it replaces by hash");
        var status = await run.Grid.GetNodeAsync(node, run.Cancellation).OrEnd();
        var found = status.Alarms.Where(alarm => alarm.Nodes.Count == about.Count && alarm.Nodes.All(about.Contains) && (run.Get(_key) is not { } key || alarm.Key == key)).ToList();
        return (found, status.AlarmsHash) switch
        {
            ([var one], { } hash) => (one.Key, run.Get(_state) ?? hash),
            ([], _) => throw CommandEndedException.Refused(new Refusal(RefusalCode.StateConflict, $"node {node} has no alarm about {string.Join(", ", about)}")),
            _ => throw CommandEndedException.Usage($"node {node} has alarms about these nodes in {found.Count} keys; give --key-hash"),
        };
    }
}
