using VaultGrid.Grains.Sessions;

namespace VaultGrid.Grains.Clusters;

/// <summary>What is known of one cluster. Reads interleave with a check that is under way; only whole turns write.</summary>
internal sealed partial class ClusterGrain(
    [PersistentState("cluster")] IPersistentState<ClusterState> stored,
    SessionHolderBook holders,
    ILogger<ClusterGrain> logger) : Grain, IClusterGrain
{
    private ClusterId _cluster;
    private ImmutableArray<NodeReport> _nodes;
    private Task<ImmutableArray<NodeReport>>? _first;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _cluster = ClusterId.Parse(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public async Task<ClusterReport> GetAsync(CancellationToken cancellationToken)
    {
        await TakeAsync(await AskAllAsync(cancellationToken), cancellationToken);
        return new ClusterReport(_cluster, stored.State.Membership, stored.State.MembershipNumber, _nodes, stored.State.Keys.Length);
    }

    public async Task<NodeReports> GetNodesAsync(CancellationToken cancellationToken)
    {
        if (_nodes.IsDefault)
        {
            // Callers who come before the first check share it; none of their cancellations may end it for the others.
            var asked = await (_first ??= AskAllAsync(CancellationToken.None)).WaitAsync(cancellationToken);
            if (_nodes.IsDefault) _nodes = asked;
            _first = null;
        }

        return new NodeReports(_nodes);
    }

    public Task ReportAsync(NodeReports reports, CancellationToken cancellationToken) => TakeAsync(reports.Nodes, cancellationToken);

    public Task ReportDownAsync(NodeId node, CancellationToken cancellationToken)
    {
        if (!_nodes.IsDefault && _nodes.Any(report => report.Node == node && report.Phase == NodeReport.Detached)) return Task.CompletedTask;
        if (!_nodes.IsDefault)
            _nodes = [.. _nodes.Select(report => report.Node == node ? report with { Phase = NodeReport.Detached } : report)];
        holders.Forget();
        LogDown(logger, node);
        return Task.CompletedTask;
    }

    public Task<ClusterKeys> ListKeysAsync(string? after, int limit, CancellationToken cancellationToken)
    {
        var rest = stored.State.Keys.Where(key => after is null || string.CompareOrdinal(key.KeyId.ToString(), after) > 0).Take(limit + 1).ToList();
        return Task.FromResult(new ClusterKeys([.. rest.Take(limit)], rest.Count > limit));
    }

    public Task<Answer<ClusterKey>> GetKeyAsync(KeyId key, CancellationToken cancellationToken) =>
        FindAsync(candidate => candidate.KeyId == key, $"cluster {_cluster} has no key '{key}'", cancellationToken);

    public Task<Answer<ClusterKey>> FindKeyAsync(Hash256 key, CancellationToken cancellationToken) =>
        FindAsync(candidate => candidate.Key == key, $"cluster {_cluster} has no key with the birth record {key}", cancellationToken);

    public async Task LearnAdminsAsync(PolicyNews policy, CancellationToken cancellationToken)
    {
        if (!KeyPolicy.Parse(policy.Document.Span).Is(out var learned, out _) || learned.KeyId != KeyId.Provisioning) return;
        if (AdminsWith(learned.Hash()) is not null) return;
        stored.State.Admins = stored.State.Admins.Add(policy);
        await stored.WriteStateAsync(cancellationToken);
    }

    public Task<Answer<PolicyNews>> GetAdminsAsync(Hash256 policy, CancellationToken cancellationToken) => Task.FromResult<Answer<PolicyNews>>(
        AdminsWith(policy) is { } known ? known : new Refusal(RefusalCode.ResourceUnknown, "the grid has not seen this policy"));

    private PolicyNews? AdminsWith(Hash256 hash) =>
        stored.State.Admins.FirstOrDefault(policy => Hash256.Of("policy", policy.Document.Span) == hash);

    private async Task<Answer<ClusterKey>> FindAsync(Predicate<ClusterKey> wanted, string missing, CancellationToken cancellationToken)
    {
        if (stored.State.Keys.FirstOrDefault(key => wanted(key)) is { } known) return known;

        // Perhaps no check was made since the key came.
        await GetNodesAsync(cancellationToken);
        var merged = KeyList.Merge(stored.State.Keys, _nodes);
        return merged.FirstOrDefault(key => wanted(key)) is { } found ? found : new Refusal(RefusalCode.KeyUnknown, missing);
    }

    private async Task<ImmutableArray<NodeReport>> AskAllAsync(CancellationToken cancellationToken)
    {
        var nodes = await GrainFactory.GetGrain<IGridGrain>(IGridGrain.Key).GetNodesAsync(cancellationToken);
        var reports = nodes.Of(_cluster).Select(node => GrainFactory.GetGrain<INodeGrain>(node.ToString()).GetAsync(cancellationToken));
        return [.. await Task.WhenAll(reports)];
    }

    private async Task TakeAsync(ImmutableArray<NodeReport> reports, CancellationToken cancellationToken)
    {
        _nodes = reports;
        holders.Forget();
        var state = stored.State;
        var keys = KeyList.Merge(state.Keys, reports);
        var newest = reports.MaxBy(report => report.MembershipNumber);
        var moved = newest is { Membership: not null } && newest.MembershipNumber > state.MembershipNumber;
        if (!moved && KeyList.SaysTheSame(keys, state.Keys)) return;

        state.Keys = keys;
        if (moved) (state.Membership, state.MembershipNumber) = (newest!.Membership, newest.MembershipNumber);
        await stored.WriteStateAsync(cancellationToken);
        LogChanged(logger, _cluster, keys.Length, state.MembershipNumber);
    }
}
