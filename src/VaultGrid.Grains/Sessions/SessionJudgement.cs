namespace VaultGrid.Grains.Sessions;

/// <summary>What a failed try means for the next one; pure.</summary>
internal static class SessionJudgement
{
    /// <summary>The record after a try.</summary>
    public static SessionRecord After(SessionRecord record, ImmutableArray<NodeId> crew, IEnumerable<SessionMishap> mishaps) =>
        mishaps.Aggregate(record, (before, mishap) => After(before, crew, mishap));

    /// <summary>True for what a node says of the request, not of itself or its peers: no other combination cures it, unless the node lies.</summary>
    public static bool IsVerdict(SessionMishap mishap) => RefusalCodes.TryParse(mishap.Code, out var code) && code is
        RefusalCode.RequestMalformed or RefusalCode.RequestAction or RefusalCode.RequestCluster or RefusalCode.RequestExpired or RefusalCode.RequestExpiryTooFar or
        RefusalCode.ApprovalMalformed or RefusalCode.ApprovalInvalid or RefusalCode.ApprovalStranger or RefusalCode.ApprovalQuorum or RefusalCode.ApprovalDuplicate or
        RefusalCode.PolicySuperseded or RefusalCode.PolicyPath or RefusalCode.PolicyAlgorithm or RefusalCode.PolicyMalformed or RefusalCode.TransactionMalformed or
        RefusalCode.CertificateMalformed or RefusalCode.CertificateUntrusted or RefusalCode.CertificateRole or RefusalCode.CertificateExpired or
        RefusalCode.CertificateRevoked or RefusalCode.CertificateWeak or RefusalCode.CertificateKey or
        RefusalCode.StateStale or RefusalCode.InputMalformed or RefusalCode.InputUnsupported or RefusalCode.AuditTooLong;

    /// <summary>The refusal that tells most of what was met: what two clusters agree on, else what any said of the request, else of itself.</summary>
    public static Refusal Telling(IReadOnlyCollection<SessionMishap> met, Refusal otherwise)
    {
        if (Agreed(met) is { } agreed) return agreed;
        if (met.FirstOrDefault(IsVerdict) is { } verdict) return Say(verdict);
        var aborted = met.LastOrDefault(mishap => mishap.Code == RefusalCode.SessionAborted.Name());
        if (aborted is not null)
        {
            var suspects = met.SelectMany(mishap => mishap.Culprits).Distinct().OrderBy(node => node.Cluster.Number).ThenBy(node => node.Index).ToList();
            var who = suspects.Count == 0 ? "nobody can be named" : $"the cause is among {string.Join(", ", suspects)}";
            return new Refusal(RefusalCode.SessionAborted, $"the clusters made no signature: in round {aborted.Round} {aborted.Why}; {who}");
        }

        // A node that was silent, or has started again since, says nothing that would not be cured by asking again.
        var other = met.LastOrDefault(mishap => mishap.Code != RefusalCode.EnclaveDetached.Name() && mishap.Code != RefusalCode.SessionUnknown.Name());
        return other is not null && otherwise.Code == RefusalCode.GridUnavailable ? Say(other) : otherwise;
    }

    /// <summary>What nodes of two clusters said of the request, or one node twice; null where no two agree.</summary>
    public static Refusal? Agreed(IReadOnlyCollection<SessionMishap> met)
    {
        var said = met.Where(IsVerdict).GroupBy(mishap => mishap.Code).FirstOrDefault(group => group.Count() > 1);
        return said is null ? null : Say(said.First());
    }

    private static SessionRecord After(SessionRecord record, ImmutableArray<NodeId> crew, SessionMishap mishap)
    {
        // A code that only a newer enclave knows is held against the node, like any other that says nothing of its peers.
        if (!RefusalCodes.TryParse(mishap.Code, out var code)) return record.Suspecting([mishap.Node]);
        return code switch
        {
            RefusalCode.SessionAborted => record.Suspecting(mishap.Culprits.IsEmpty ? [mishap.Node] : mishap.Culprits),
            RefusalCode.SessionAlarmed => record.Closing(crew),
            RefusalCode.EnclaveDetached or RefusalCode.PhaseRefused or RefusalCode.NodeNotMember or RefusalCode.NodeUnknown or RefusalCode.KeyUnknown or
                RefusalCode.ClusterUnknown or RefusalCode.RevocationsMissing or RefusalCode.RevocationsOverdue or RefusalCode.GridUnavailable => record.Without(mishap.Node),
            _ when IsCertificate(code) => record.Suspecting(crew),
            _ => record.Suspecting([mishap.Node]),
        };
    }

    // A participant's certificate or an administrator's: the node that refuses does not say whose, so everybody is asked anew in other company.
    private static bool IsCertificate(RefusalCode code) => code.Name().StartsWith("certificate.", StringComparison.Ordinal);

    private static Refusal Say(SessionMishap mishap) => new(
        RefusalCodes.TryParse(mishap.Code, out var code) ? code : RefusalCode.GridUnavailable, $"node {mishap.Node}: {mishap.Why}");
}
