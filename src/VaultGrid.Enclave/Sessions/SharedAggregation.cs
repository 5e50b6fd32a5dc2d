using VaultGrid.Crypto.Bls12381;
using VaultGrid.Protocols;
using VaultGrid.Protocols.Frost;
using VaultGrid.Protocols.Sessions;
using VaultGrid.Protocols.ThresholdBls;

namespace VaultGrid.Enclave;

/// <summary>Puts signatures of shared keys together, for a coordinator that has nothing to compute with: the signature is verified, and where it doesn't verify every share is, so that whose is bad is named.</summary>
internal sealed class SharedAggregation(Standing standing, SessionGate gate)
{
    /// <summary>Puts a signature together.</summary>
    public Outcome<AggregateAnswer> Aggregate(AggregateCall call, VaultState state)
    {
        if (!standing.Member(state).Is(out _, out var refusal)) return refusal;
        if (!state.Keys.Find(call.Plan.Key).Is(out var key, out refusal)) return refusal;
        if (key.Shared is not { State: not ShareState.Deleted } part) return new Refusal(RefusalCode.KeyUnknown, $"'{key.Birth.KeyId}' is no shared key, or was deleted");
        if (call.Plan.ShareVersion != part.Number) return Mismatch($"'{key.Birth.KeyId}' has shares of version {part.Number}, not {call.Plan.ShareVersion}");
        if (!gate.Header(call.Plan, state).Is(out var known, out refusal)) return refusal;
        if (!Shareholders.Of(part, known.Header).Is(out var holders, out refusal)) return refusal;
        if (!Asked(call, known.Header, key).Is(out var message, out refusal)) return refusal;
        if (known.Header.Subject is SessionSubject.Request subject && subject.Hash != message.Approval) return Mismatch("the session was held for another request");
        if (!Read(call.Packets, known.Header, known.Peers, verifies: false).Is(out var messages, out refusal)) return refusal;
        var outcome = known.Header.Protocol switch
        {
            FrostProtocol.Name when key.Birth.Kind.Suite() is { } suite => Frost(suite, part.Key, message, messages, holders, known.Peers),
            BlsSessions.ProtocolName when key.Birth.Kind == KeyKind.Bls => Bls(part.Key, message, messages, holders, known.Peers),
            _ => Mismatch("a key of this kind is not used in sessions of this protocol"),
        };

        // A signature that verifies needs no blame. Whoever is named, though, has signed for what is bad: a coordinator's forgery is its own.
        return outcome.Is(out var answer, out _) && answer.Culprits.Count > 0 && !Read(call.Packets, known.Header, known.Peers, verifies: true).Is(out _, out refusal) ? refusal : outcome;
    }

    // An audit was asked for by nobody but the session.
    private static Outcome<ApprovedMessage> Asked(AggregateCall call, SessionHeader header, VaultKey key) =>
        header.Subject is SessionSubject.Audit audit && call.Request.IsEmpty ? SessionApproval.Audited(audit) : SessionApproval.Asked(call.Request, key);

    private static Outcome<List<RoundMessage>> Read(IReadOnlyList<SessionPacket> packets, SessionHeader header, List<SessionPeer> peers, bool verifies)
    {
        var messages = new List<RoundMessage>(packets.Count);
        foreach (var packet in packets)
        {
            if (packet.Receiver != SessionPacket.Coordinator || packet.Sender >= peers.Count) return Mismatch("a packet is not a participant's for the coordinator");
            if (!SessionMail.OpenPublic(packet, header, peers, verifies).Is(out var message, out var refusal)) return refusal;
            messages.Add(message);
        }

        return messages.DistinctBy(message => (message.Round, message.Sender)).Count() == messages.Count ? messages : Mismatch("one participant's message came twice");
    }

    private static Outcome<AggregateAnswer> Frost(
        FrostSuite suite, SharedKey shared, ApprovedMessage message, List<RoundMessage> messages, PartyIndex[] holders, List<SessionPeer> peers)
    {
        if (!SharedAccounts.Derive(suite, shared, message).Is(out var key, out var refusal)) return refusal;
        var commitments = new List<NonceCommitment>();
        var shares = new List<SignatureShare>();
        var culprits = new List<NodeId>();
        foreach (var received in messages)
        {
            var holder = holders[received.Sender];
            if (received.Round == FrostProtocol.CommitmentRound)
            {
                if (NonceCommitment.Parse(suite.Group, received.Body).Is(out var commitment, out _) && commitment.Party == holder) commitments.Add(commitment);
                else culprits.Add(peers[received.Sender].Node);
            }
            else if (SigningPart.Parse(suite.Group, received.Body).Is(out var part, out _) && part.Share.Party == holder)
            {
                shares.Add(part.Share);
            }
            else
            {
                culprits.Add(peers[received.Sender].Node);
            }
        }

        if (culprits.Count > 0) return new AggregateAnswer(default, key.Encoded, culprits);
        if (!SigningSession.Of(key, SigningPackage.Of(message.Message, commitments)).Is(out var session, out refusal)) return Mismatch(refusal.Detail);
        if (session.Aggregate(shares).Is(out var signature, out var fault)) return new AggregateAnswer(signature, key.Encoded, []);

        // Something is wrong: one by one, to name everybody whose share is bad.
        culprits.AddRange(shares.Where(share => session.Check(share) is { Culprits.Count: > 0 }).Select(share => peers[Array.IndexOf(holders, share.Party)].Node));
        return culprits.Count > 0 ? new AggregateAnswer(default, key.Encoded, culprits) : Refused(fault);
    }

    private static Outcome<AggregateAnswer> Bls(SharedKey shared, ApprovedMessage message, List<RoundMessage> messages, PartyIndex[] holders, List<SessionPeer> peers)
    {
        var combiner = new BlsCombiner(shared, new BlsMessagePoint(message.Message));
        var culprits = new List<NodeId>();
        foreach (var received in messages)
        {
            if (!PartialBlsSignature.Parse(received.Body).Is(out var part, out _) || part.Party != holders[received.Sender] || !combiner.Add(part)) culprits.Add(peers[received.Sender].Node);
        }

        var publicKey = BlsCombiner.PublicKey(shared).Compressed.ToArray();
        var combined = combiner.Combine();
        culprits.AddRange(combiner.Faults.SelectMany(fault => fault.Culprits).Select(party => peers[Array.IndexOf(holders, party)].Node));
        if (combined.Is(out var signature, out var fault)) return new AggregateAnswer(signature.Compressed.ToArray(), publicKey, culprits);
        return culprits.Count > 0 ? new AggregateAnswer(default, publicKey, culprits) : Refused(fault);
    }

    private static Refusal Refused(ProtocolFault fault) => fault switch
    {
        ProtocolFault.Refused refused when refused.Refusal.Code == RefusalCode.EnclaveFault => refused.Refusal,
        ProtocolFault.Refused refused => Mismatch(refused.Refusal.Detail),
        _ => Mismatch("too few shares came, or others than the commitments are of"),
    };

    private static Refusal Mismatch(string why) => new(RefusalCode.SessionMismatch, $"the signature can't be put together: {why}");
}
