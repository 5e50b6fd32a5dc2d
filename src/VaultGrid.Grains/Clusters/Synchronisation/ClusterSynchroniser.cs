using VaultGrid.Enclave.Contracts;
using VaultGrid.Grains.Authorities;
using VaultGrid.Grains.Enclaves;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Grains.Clusters.Synchronisation;

/// <summary>One run: lists, then records, then keys, since each needs the one before. Carries sealed packages and public values only.</summary>
internal sealed class ClusterSynchroniser(IGrainFactory grains, AuthoritiesView authorities, ClusterId cluster)
{
    private readonly SortedDictionary<uint, NodeProgress> _progress = [];
    private ImmutableArray<NodeReport> _reports = [];

    /// <summary>The nodes as the run left them.</summary>
    public NodeReports Reports => new(_reports);

    public async Task<SynchronisationReport> RunAsync(CancellationToken cancellationToken)
    {
        var nodes = (await grains.GetGrain<IGridGrain>(IGridGrain.Key).GetNodesAsync(cancellationToken)).Of(cluster);
        foreach (var node in nodes) _progress[node.Index] = new NodeProgress(node);
        _reports = await AskAsync(nodes, cancellationToken);
        foreach (var report in _reports.Where(report => report.Phase == NodeReport.Detached))
            Of(report.Node).Refusal = new Refusal(RefusalCode.EnclaveDetached, $"node {report.Node} does not answer");

        await BringListsAsync(cancellationToken);
        await BringRecordsAsync(cancellationToken);
        await CopyKeysAsync(cancellationToken);
        return new SynchronisationReport([.. _progress.Values.Select(progress => progress.ToReport())]);
    }

    private NodeProgress Of(NodeId node) => _progress[node.Index];

    private async Task BringListsAsync(CancellationToken cancellationToken)
    {
        if (await authorities.GetAsync(grains, fresh: true, cancellationToken) is not { } known) return;
        var lists = known.Authorities.Where(authority => known.ListOf(authority) is not null)
            .GroupBy(NameOf).ToDictionary(same => same.Key, same => same.Max(authority => known.ListOf(authority)!.Number));
        var behind = _reports.Where(report => SyncPlan.Takes(report) && SyncPlan.LacksLists(report, lists)).Select(report => report.Node).ToList();
        if (behind.Count == 0) return;

        var call = new AddAuthoritiesCall(known.ToBytes());
        await Task.WhenAll(behind.Select(async node =>
        {
            // What a node knows better already is no reason to complain.
            var outcome = await grains.Enclave(node).AskAsync(call, cancellationToken);
            if (outcome.Refusal is { Code: not RefusalCode.RevocationsStale } refusal) Of(node).Refusal = refusal;
        }));
        await AskAgainAsync(behind, cancellationToken);
    }

    private async Task BringRecordsAsync(CancellationToken cancellationToken)
    {
        if (!SyncPlan.LacksRecords(_reports)) return;
        var told = await Task.WhenAll(_reports.Where(SyncPlan.Takes).Select(report => grains.Enclave(report.Node).AskAsync(new RecordsCall(), cancellationToken)));
        var records = told.SelectMany(outcome => outcome.Is(out var some, out _) ? some : []).ToList();

        var behind = _reports.Where(SyncPlan.Takes)
            .Select(report => (report.Node, Chains: SyncPlan.RecordsFor(report, records))).Where(pair => pair.Chains.Count > 0).ToList();
        await Task.WhenAll(behind.Select(async pair =>
        {
            foreach (var chain in pair.Chains)
            {
                var outcome = await grains.Enclave(pair.Node).AskAsync(new LearnCall(chain), cancellationToken);
                if (outcome.Is(out _, out var refusal)) Of(pair.Node).Records += chain.Count;
                else Of(pair.Node).Refusal = refusal;
            }
        }));
        await AskAgainAsync([.. behind.Select(pair => pair.Node)], cancellationToken);
    }

    private async Task CopyKeysAsync(CancellationToken cancellationToken)
    {
        var missing = SyncPlan.KeysLacking(_reports);
        if (missing.Count == 0) return;

        // Of a shared key each holder has a share of its own, which is never copied; ceremonies bring it.
        var shared = await grains.GetGrain<ISharedKeyListGrain>(IGridGrain.Key).ListAsync(null, null, int.MaxValue - 1, cancellationToken);
        var ofShares = shared.Keys.Select(entry => entry.Key).ToHashSet();
        missing = [.. missing.Where(key => !_reports.Any(report => report.Keys.Any(held => held.KeyId == key.KeyId && ofShares.Contains(held.Key))))];
        if (missing.Count == 0) return;
        var copying = new KeyCopying(grains);
        await Task.WhenAll(missing.GroupBy(key => key.Joiner).Select(async keys =>
        {
            foreach (var key in keys)
            {
                if ((await copying.CopyAsync(key, cancellationToken)).Is(out _, out var refusal)) Of(key.Joiner).Copied(key.KeyId);
                else Of(key.Joiner).Refusal = refusal;
            }
        }));
        await AskAgainAsync([.. missing.Select(key => key.Joiner).Distinct()], cancellationToken);
    }

    private async Task<ImmutableArray<NodeReport>> AskAsync(IEnumerable<NodeId> nodes, CancellationToken cancellationToken) =>
        [.. await Task.WhenAll(nodes.Select(node => grains.GetGrain<INodeGrain>(node.ToString()).GetAsync(cancellationToken)))];

    private async Task AskAgainAsync(IReadOnlyCollection<NodeId> nodes, CancellationToken cancellationToken)
    {
        var newer = (await AskAsync(nodes, cancellationToken)).ToDictionary(report => report.Node);
        _reports = [.. _reports.Select(report => newer.GetValueOrDefault(report.Node, report))];
    }

    // As an enclave's status names the issuers of its lists.
    private static string NameOf(RoleCertificate authority) =>
        authority.Cluster is { } number ? $"{authority.Role.Name()}/{number}" : authority.Role.Name();
}
