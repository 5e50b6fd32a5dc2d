using VaultGrid.Grains.Sessions;

namespace VaultGrid.Grains.KeyAudits;

/// <summary>Audits a key of several clusters by sessions that between them use every share of every node.</summary>
internal sealed class TogetherAudit(IGrainFactory grains, SessionCoordination coordination, KeyReport key, ThresholdReport threshold, AuditTally tally)
{
    private const int MostSessions = 2048;
    private const int Patience = 40;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var cover = new AuditCover(threshold.Clusters, threshold.Threshold, await HoldersAsync(cancellationToken));
        for (var turn = 0; turn < MostSessions && cover.Next() is { } crew; turn++) await SessionAsync(cover, crew, cancellationToken);

        var (broken, suspects) = cover.Named();
        foreach (var node in broken) tally.IsBroken(node);
        tally.Suspect(suspects);
    }

    private async Task<List<NodeId>> HoldersAsync(CancellationToken cancellationToken)
    {
        var holders = new List<NodeId>();
        foreach (var cluster in threshold.Clusters)
        {
            var asked = await coordination.Gateways.To(grains, cluster).GetHoldersAsync(key.Key, fresh: true, cancellationToken);
            if (asked.Is(out var nodes, out var refusal) && nodes.Length > 0) holders.AddRange(nodes);
            else tally.Failed("session", [], refusal ?? new Refusal(RefusalCode.GridUnavailable, $"no node of cluster {cluster} can take part"));
        }

        return holders;
    }

    private async Task SessionAsync(AuditCover cover, ImmutableArray<NodeId> crew, CancellationToken cancellationToken)
    {
        var ended = await SignAsync(crew, cancellationToken);
        if (ended.Signature is not null)
        {
            tally.Passed();
            cover.Worked(crew);
            return;
        }

        tally.Failed("session", crew, ended.Refusal!.ToRefusal());
        ImmutableArray<SessionMishap> mishaps = [.. ended.Tries.SelectMany(attempt => attempt.Mishaps)];
        var unreached = mishaps.Where(IsUnreached).Select(mishap => mishap.Node).Distinct().ToList();
        foreach (var node in unreached) cover.Unreached(node);
        if (unreached.Count == 0) cover.Failed(crew, [.. mishaps.SelectMany(mishap => mishap.Culprits).Where(crew.Contains).Distinct()]);
    }

    private async Task<SessionReport> SignAsync(ImmutableArray<NodeId> crew, CancellationToken cancellationToken)
    {
        for (var turn = 0; ; turn++)
        {
            var order = new SessionOrder(key.Key, threshold.Clusters, default, [], AuditTally.Message(), crew);
            var ended = await SessionRuns.RunAndKeepAsync(grains, order, cancellationToken);
            var isTooOften = ended.Signature is null && ended.Tries.Any(attempt => attempt.Mishaps.Any(mishap => mishap.Code == RefusalCode.AuditRate.Name()));
            if (!isTooOften || turn == Patience) return ended;
            await Task.Delay(Pause, coordination.Time, cancellationToken);
        }
    }

    // Of those a session tells nothing about shares.
    private static bool IsUnreached(SessionMishap mishap) => RefusalCodes.TryParse(mishap.Code, out var code) && code is
        RefusalCode.EnclaveDetached or RefusalCode.EnclaveBusy or RefusalCode.GridUnavailable or RefusalCode.PhaseRefused or RefusalCode.NodeNotMember or
        RefusalCode.NodeUnknown or RefusalCode.KeyUnknown or RefusalCode.ClusterUnknown or RefusalCode.RevocationsMissing or RefusalCode.RevocationsOverdue;
}
