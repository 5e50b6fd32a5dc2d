using VaultGrid.Protocols.Sessions;

namespace VaultGrid.Enclave;

/// <summary>
/// Turns a coordinator's plan into a session header, or refuses it. In order: every participant's certificate, its session-key statement, clusters,
/// this enclave's place and session key, the subject.
/// </summary>
internal sealed class SessionGate(EnclaveClock clock, CertificateGate certificates, SessionKeys sessions)
{
    /// <summary>Checks a plan.</summary>
    /// <returns>Who takes part; <c>session.mismatch</c> where it does not fit, <c>session.unknown</c> where the own session key is gone.</returns>
    public Outcome<SessionCast> Check(SessionPlan plan, VaultState state)
    {
        var peers = new List<SessionPeer>(plan.Participants.Count);
        var participants = new List<Participant>(plan.Participants.Count);
        foreach (var said in plan.Participants)
        {
            if (!Peer(said, state).Is(out var known, out var refusal)) return Dropped(peers, refusal);
            peers.Add(known.Peer);
            participants.Add(new Participant(known.Peer.Node.Cluster.Number, known.Peer.Node.Index, known.Statement.Hash()));
        }

        if (!ClusterSet.TryCreate(participants.Select(p => p.Cluster).Order().Select(number => new ClusterId(number)), out _))
            return Dropped(peers, Mismatch("a session has one node of each of two or more clusters"));
        var place = peers.FindIndex(peer => peer.Node == state.Node);
        if (place < 0) return Dropped(peers, Mismatch($"this enclave, {state.Node}, is not in the session"));
        if (sessions.FindStatement(participants[place].SessionKey) is not { } own)
            return Dropped(peers, new Refusal(RefusalCode.SessionUnknown, "the session names a session key that this enclave has no more; ask for the one of this hour"));
        if (!Subject(plan).Is(out var subject, out var refused)) return Dropped(peers, refused);
        if (!IsName(plan.Protocol)) return Dropped(peers, Mismatch("the protocol's name is none"));

        var header = new SessionHeader(plan.Protocol, plan.ProtocolVersion, plan.Session, plan.Key, plan.ShareVersion, subject, participants);
        return new SessionCast(header, peers, place, own);
    }

    private Outcome<(SessionPeer Peer, SessionKeyStatement Statement)> Peer(SignedStatement said, VaultState state)
    {
        if (!certificates.AnyDeviceNow(said.Certificate.Span, state).Is(out var device, out var refusal)) return refusal;
        if (device.Identity.Node is not { } node || (node.Cluster == state.Node.Cluster && node != state.Node))
            return Mismatch($"{device} can't stand for another cluster in a session with {state.Node}");
        if (!SessionKeyStatement.Parse(said.Statement.Span, said.Signature).Is(out var statement, out refusal)) return refusal;
        if (statement.Node != node || !device.Key.VerifiesStatement(said.Statement.Span, said.Signature.Span))
            return Mismatch($"the session key is not that of {device}");

        var now = clock.Now;
        if (statement.To - statement.From > SessionKeys.Period || now < statement.From - SessionKeys.Skew || now > statement.To + SessionKeys.Skew)
            return Mismatch($"the session key of {node} counts from {statement.From:u} to {statement.To:u}, not at {now:u}");
        return P256PublicKey.Parse(statement.PublicKey.Span).Then<(SessionPeer, SessionKeyStatement)>(key => (new SessionPeer(node, device.Key, key), statement));
    }

    private static Outcome<SessionSubject> Subject(SessionPlan plan) => (plan.Purpose, plan.Subject.Length) switch
    {
        (SessionPurpose.Request, Hash256.Length) => new SessionSubject.Request(new Hash256(plan.Subject.Span)),
        (SessionPurpose.Presign, 0) => new SessionSubject.Presign(),
        (SessionPurpose.Audit, <= SessionSubject.MaximumAuditLength) => new SessionSubject.Audit(plan.Subject.Span),
        (SessionPurpose.Audit, _) => new Refusal(RefusalCode.AuditTooLong, $"an audit signs at most {SessionSubject.MaximumAuditLength} bytes"),
        _ => Mismatch("purpose and subject of the session do not fit"),
    };

    private static bool IsName(string text) => text.Length > 0 && text.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');

    private static Refusal Mismatch(string why) => new(RefusalCode.SessionMismatch, why);

    private static Refusal Dropped(List<SessionPeer> peers, Refusal refusal)
    {
        foreach (var peer in peers) peer.Dispose();
        return refusal;
    }
}
