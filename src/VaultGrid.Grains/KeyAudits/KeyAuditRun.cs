using System.Runtime.CompilerServices;
using VaultGrid.Enclave.Contracts;
using VaultGrid.Grains.Enclaves;
using VaultGrid.Grains.Sessions;

namespace VaultGrid.Grains.KeyAudits;

/// <summary>One audit of a cluster: every key on every node, one check at a time, so that signing goes on beside it.</summary>
internal sealed class KeyAuditRun(IGrainFactory grains, SessionCoordination coordination, ClusterId cluster, bool everything)
{
    private const int Page = 256;
    private const int Patience = 40;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private IClusterGrain Cluster => grains.GetGrain<IClusterGrain>(cluster.ToString());

    /// <summary>The keys, in order of name.</summary>
    public async IAsyncEnumerable<AuditedKey> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var nodes = (await Cluster.GetAsync(cancellationToken)).Nodes.Where(node => node.Phase is NodeReport.Member or NodeReport.Detached).ToImmutableArray();
        string? after = null;
        for (ClusterKeys page; ; after = page.Keys[^1].KeyId.ToString())
        {
            page = await Cluster.ListKeysAsync(after, Page, cancellationToken);
            foreach (var key in page.Keys) yield return await AuditAsync(key, nodes, cancellationToken);
            if (!page.More || page.Keys.IsEmpty) yield break;
        }
    }

    private async Task<AuditedKey> AuditAsync(ClusterKey key, ImmutableArray<NodeReport> nodes, CancellationToken cancellationToken)
    {
        var tally = new AuditTally(key);
        var asked = await grains.GetGrain<IKeyGrain>($"{cluster}/{key.KeyId}").GetAsync(cancellationToken);
        nodes = await HoldersAsync(key, asked.ToOutcome(), nodes, cancellationToken);
        foreach (var node in nodes) await CheckPartAsync(key, node, tally, cancellationToken);

        if (!asked.ToOutcome().Is(out var report, out var refusal)) return tally.Failed("part", [.. nodes.Select(node => node.Node)], refusal).ToKey("");
        if (report.Threshold is { } threshold)
        {
            if (everything || threshold.Clusters[0] == cluster) await new TogetherAudit(grains, coordination, report, threshold, tally).RunAsync(cancellationToken);
        }
        else if (report.Kind == KeyKind.Bip32.Name())
        {
            var root = await RootAsync(report, cancellationToken);
            foreach (var node in nodes.Where(node => Holds(node, key))) await SignAsync(key, node.Node, root, tally, cancellationToken);
        }

        return tally.ToKey(report.Kind);
    }

    // Every node of a cluster holds its keys, but of a key that nodes generated together a share each that it names.
    private async Task<ImmutableArray<NodeReport>> HoldersAsync(
        ClusterKey key, Outcome<KeyReport> asked, ImmutableArray<NodeReport> nodes, CancellationToken cancellationToken)
    {
        if (!asked.Is(out var report, out _) || !KeyKinds.TryParse(report.Kind, out var kind) || !kind.IsShared()) return nodes;
        var shared = await grains.GetGrain<ISharedKeyGrain>(key.Key.ToString()).GetAsync(cancellationToken);
        return shared.ToOutcome().Is(out var known, out _) ? [.. nodes.Where(node => known.Holders.Any(holder => holder.Node == node.Node))] : nodes;
    }

    private async Task CheckPartAsync(ClusterKey key, NodeReport node, AuditTally tally, CancellationToken cancellationToken)
    {
        if (node.Phase == NodeReport.Detached)
        {
            tally.Failed("part", [node.Node], new Refusal(RefusalCode.EnclaveDetached, $"node {node.Node} does not answer"));
            return;
        }

        var outcome = await PatientlyAsync(() => grains.Enclave(node.Node).AskAsync(new CheckKeyCall(key.Key), cancellationToken), cancellationToken);
        if (outcome.Refusal is not { } refusal)
        {
            tally.Passed();
            return;
        }

        tally.Failed("part", [node.Node], refusal);
        if (refusal.Code == RefusalCode.KeyBroken) tally.IsBroken(node.Node);
    }

    private async Task SignAsync(ClusterKey key, NodeId node, PublicKey? root, AuditTally tally, CancellationToken cancellationToken)
    {
        var message = AuditTally.Message();
        var outcome = await PatientlyAsync(() => grains.Enclave(node).AskAsync(new AuditSignCall(key.Key, message), cancellationToken), cancellationToken);
        if (!outcome.Is(out var answer, out var refusal))
        {
            tally.Failed("signature", [node], refusal);
            if (refusal.Code == RefusalCode.EnclaveFault) tally.IsBroken(node);
            return;
        }

        if (Verifies(answer, message, root))
        {
            tally.Passed();
            return;
        }

        tally.Failed("signature", [node], new Refusal(RefusalCode.KeyBroken, $"what node {node} made is no signature of '{key.KeyId}'")).IsBroken(node);
    }

    private static bool Verifies(EcdsaAnswer answer, ReadOnlyMemory<byte> message, PublicKey? root)
    {
        if (root is null && !PublicKey.Parse(answer.PublicKey.Span).Is(out root, out _)) return false;
        return EcdsaSignature.FromCompact([.. answer.R.Span, .. answer.S.Span]).Is(out var signature, out _)
            && root.Verify(AuditSignCall.DigestOf(message.Span).AsSpan(), signature);
    }

    // The root's public key, if the policy leads anywhere and it is the one that the fingerprint names; else each answer's own is good enough.
    private async Task<PublicKey?> RootAsync(KeyReport report, CancellationToken cancellationToken)
    {
        var asked = await grains.GetGrain<IKeyGrain>($"{cluster}/{report.KeyId}").GetAccountAsync(DerivationPath.Master.ToString(), cancellationToken);
        if (!asked.ToOutcome().Is(out var account, out _) || account.ExtendedKey.Length != 78) return null;
        var key = account.ExtendedKey[45..];
        return BirthRecord.FingerprintOf(key.Span, account.ExtendedKey.Span[13..45]) == report.Fingerprint && PublicKey.Parse(key.Span).Is(out var root, out _) ? root : null;
    }

    // Enclaves limit how often they are audited; an audit has time.
    private async Task<Outcome<T>> PatientlyAsync<T>(Func<Task<Outcome<T>>> ask, CancellationToken cancellationToken)
        where T : notnull
    {
        for (var turn = 0; ; turn++)
        {
            var outcome = await ask();
            if (outcome.Refusal?.Code is not (RefusalCode.AuditRate or RefusalCode.EnclaveBusy) || turn == Patience) return outcome;
            await Task.Delay(Pause, coordination.Time, cancellationToken);
        }
    }

    private static bool Holds(NodeReport node, ClusterKey key) => node.Phase == NodeReport.Member && node.Keys.Any(held => held.Key == key.Key);
}
