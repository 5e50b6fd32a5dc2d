using VaultGrid.Protocols.Frost;
using VaultGrid.Protocols.Sessions;

namespace VaultGrid.Enclave;

/// <summary>
/// Turns a coordinator's plan into a session header, or refuses it. In order: every participant's certificate, its session-key statement, who may take part together,
/// this enclave's place and session key, the subject.
/// </summary>
internal sealed class SessionGate(KnownPeers peers, SessionKeys sessions)
{
    /// <summary>Checks a plan that this enclave takes part in.</summary>
    /// <returns>Who takes part; <c>session.mismatch</c> where it does not fit, <c>session.unknown</c> where the own session key is gone.</returns>
    public Outcome<SessionCast> Check(SessionPlan plan, VaultState state)
    {
        if (!Header(plan, state).Is(out var known, out var refusal)) return refusal;
        var (header, participants) = known;
        var place = participants.FindIndex(peer => peer.Node == state.Node);
        if (place < 0) return Mismatch($"this enclave, {state.Node}, is not in the session");
        return sessions.FindStatement(header.Participants[place].SessionKey) is { } own
            ? new SessionCast(header, participants, place, own)
            : new Refusal(RefusalCode.SessionUnknown, "the session names a session key that this enclave has no more; ask for the one of this hour");
    }

    /// <summary>Checks a plan, whoever takes part.</summary>
    public Outcome<(SessionHeader Header, List<SessionPeer> Peers)> Header(SessionPlan plan, VaultState state)
    {
        var known = new List<SessionPeer>(plan.Participants.Count);
        var participants = new List<Participant>(plan.Participants.Count);
        foreach (var said in plan.Participants)
        {
            if (!peers.Check(said, state).Is(out var peer, out var refusal)) return refusal;
            known.Add(peer.Peer);
            participants.Add(new Participant(peer.Peer.Node.Cluster.Number, peer.Peer.Node.Index, peer.StatementHash));
        }

        if (AreShareholders(plan.Protocol))
        {
            if (participants.Count is 0 or > HolderSet.Limit || known.DistinctBy(peer => peer.Node).Count() != known.Count) return Mismatch("a session has different holders of the key");
        }
        else if (!ClusterSet.TryCreate(participants.Select(p => p.Cluster).Order().Select(number => new ClusterId(number)), out _))
        {
            return Mismatch("a session has one node of each of two or more clusters");
        }

        if (!Subject(plan).Is(out var subject, out var refused)) return refused;
        if (!IsName(plan.Protocol)) return Mismatch("the protocol's name is none");
        return (new SessionHeader(plan.Protocol, plan.ProtocolVersion, plan.Session, plan.Key, plan.ShareVersion, subject, participants), known);
    }

    // Each node of these has a share of its own, wherever it is; of the others a cluster has one part, whichever node uses it.
    private static bool AreShareholders(string protocol) => protocol is FrostProtocol.Name or BlsSessions.ProtocolName;

    private static Outcome<SessionSubject> Subject(SessionPlan plan) => (plan.Purpose, plan.Subject.Length) switch
    {
        (SessionPurpose.Request, Hash256.Length) => new SessionSubject.Request(new Hash256(plan.Subject.Span)),
        (SessionPurpose.Presign, 0) => new SessionSubject.Presign(),
        (SessionPurpose.Audit, <= SessionSubject.MaximumAuditLength) => new SessionSubject.Audit(plan.Subject.Span),
        (SessionPurpose.Audit, _) => new Refusal(RefusalCode.AuditTooLong, $"an audit signs at most {SessionSubject.MaximumAuditLength} bytes"),
        _ => Mismatch("purpose and subject of the session do not fit"),
    };

    private static bool IsName(string text) => text.Length is > 0 and <= 32 && text.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');

    private static Refusal Mismatch(string why) => new(RefusalCode.SessionMismatch, why);
}
