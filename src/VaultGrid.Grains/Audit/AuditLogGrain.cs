using VaultGrid.Crypto.Merkle;
using VaultGrid.Enclave.Contracts;
using VaultGrid.Grains.Enclaves;

namespace VaultGrid.Grains.Audit;

/// <summary>Merges a cluster's audit logs. It runs behind signing and never in its way: what is late today is merged tomorrow, and an enclave forgets nothing.</summary>
internal sealed partial class AuditLogGrain(IAuditStore store, TimeProvider time, ILogger<AuditLogGrain> logger) : Grain, IAuditLogGrain
{
    private const int RoundsAtOnce = 16;
    private static readonly TimeSpan CheckpointEvery = TimeSpan.FromMinutes(1);

    private readonly Dictionary<NodeId, Hash256> _chainOf = [];
    private ClusterId _cluster;
    private DateTimeOffset _checkpointed = DateTimeOffset.MinValue;
    private string _lastFindings = "";

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _cluster = ClusterId.Parse(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public async Task<AuditLogReport> PullAsync(CancellationToken cancellationToken)
    {
        var nodes = (await GrainFactory.GetGrain<IGridGrain>(IGridGrain.Key).GetNodesAsync(cancellationToken)).Of(_cluster);
        var behind = nodes.ToHashSet();
        var trees = new Dictionary<NodeId, (ulong Size, Hash256 Root)>();
        for (var round = 0; round < RoundsAtOnce && behind.Count > 0; round++)
        {
            var merge = new AuditMerge(await store.LoadAsync(_cluster, cancellationToken));
            var parts = await Task.WhenAll(behind.Select(async node => (Node: node, Part: await AskAsync(node, merge, cancellationToken))));
            foreach (var (node, part) in parts)
            {
                if (part is null || !merge.Take(node, part)) behind.Remove(node);
                if (part is not null) trees[node] = (part.TreeSize, part.TreeRoot);
            }

            // Another activation may have been at it for a moment: then this round is begun anew from what it left.
            if (merge.HasNews && !await store.AppendAsync(_cluster, merge.Append, cancellationToken)) behind = [.. nodes];
        }

        var log = await store.LoadAsync(_cluster, cancellationToken);
        Tell(log);
        await CheckpointAsync(log, trees, cancellationToken);
        return new AuditLogReport(log.Size, MerkleRange.Fold(log.Edge), [.. log.Chains.OrderBy(chain => chain.Node.Index).ThenBy(chain => chain.Number)]);
    }

    private async Task<AuditPart?> AskAsync(NodeId node, AuditMerge merge, CancellationToken cancellationToken)
    {
        // Never from the beginning without need: an enclave's first files may have been moved away.
        Hash256? chain = _chainOf.TryGetValue(node, out var seen) ? seen : merge.Known(node);
        var from = chain is { } known ? merge.Wanted(known) : 1;
        var outcome = await GrainFactory.Enclave(node).AskAsync(new AuditEntriesCall(from), cancellationToken);
        if (!outcome.Is(out var part, out _)) return null;
        if (Chain(part) is not { } its) return part;

        // Another enclave in the old one's place is asked again, for what its own chain lacks.
        _chainOf[node] = its;
        if (chain == its || merge.Wanted(its) == from) return part;
        outcome = await GrainFactory.Enclave(node).AskAsync(new AuditEntriesCall(merge.Wanted(its)), cancellationToken);
        return outcome.Is(out part, out _) ? part : null;
    }

    private static Hash256? Chain(AuditPart part) =>
        !part.Certificate.IsEmpty && Model.Certificates.RoleCertificate.Parse(part.Certificate.Span).Is(out var certificate, out _)
            ? new Hash256(certificate.Key.SpkiHash.Span)
            : null;

    // Every enclave is shown each checkpoint, with the proof that it extends the last that this enclave has seen: none would sign for a log that was rewritten.
    private async Task CheckpointAsync(StoredAuditLog log, Dictionary<NodeId, (ulong Size, Hash256 Root)> trees, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var size = log.Size - (log.Size % AuditLog.CheckpointStep);
        if (size == 0 || now - _checkpointed < CheckpointEvery) return;
        var tree = new AuditTree(store, _cluster);
        Hash256? root = null;
        foreach (var (node, seen) in trees)
        {
            // An entry is written for each: a log that nobody uses must not keep itself growing.
            if (seen.Size >= size || size - seen.Size < AuditLog.CheckpointStep) continue;
            root ??= await tree.RootAsync(size, cancellationToken);
            var proof = await tree.PathAsync(MerkleProof.Consistency(seen.Size, size), cancellationToken);
            var outcome = await GrainFactory.Enclave(node).AskAsync(new AuditCheckpointCall(size, root.Value, seen.Size, proof), cancellationToken);
            if (outcome.Refusal is { Code: RefusalCode.AuditTampered } refusal) LogTampered(logger, node, refusal.Detail);
        }

        _checkpointed = now;
    }

    private void Tell(StoredAuditLog log)
    {
        var findings = string.Join("; ", log.Chains.Where(chain => chain.Finding is not null).Select(chain => $"node {chain.Node}: {chain.Finding}"));
        if (findings != _lastFindings) LogFindings(logger, _cluster, findings.Length == 0 ? "none any more" : findings);
        _lastFindings = findings;
    }
}
