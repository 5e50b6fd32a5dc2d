using VaultGrid.Protocols.Encoding;

namespace VaultGrid.Protocols.Tests.Dealing;

/// <summary>
/// One ceremony over a simulated network: messages are lost (and sent again), doubled and reordered by a seeded generator; cheaters follow a script;
/// every party may be taken down and brought back from its saved state between any two steps.
/// </summary>
internal sealed class CeremonyRun(DealingCeremony ceremony, DeviceKeys dealers, DeviceKeys receivers, Random random)
{
    private readonly Dictionary<PartyIndex, CommittedDealer> _committed = [];
    private readonly Dictionary<PartyIndex, RevealedDealer> _revealed = [];
    private readonly Dictionary<PartyIndex, DealingReceiver> _receivers = [];
    private readonly List<ProtocolFault> _faults = [];

    public Dictionary<PartyIndex, Cheat> Cheats { get; init; } = [];

    public bool RestartAlways { get; init; }

    /// <summary>The old shares, for refresh and reshare.</summary>
    public IReadOnlyDictionary<PartyIndex, KeyShare> Old { get; init; } = new Dictionary<PartyIndex, KeyShare>();

    public Dictionary<PartyIndex, KeyShare> Shares { get; } = [];

    public DealingTranscript? Transcript { get; private set; }

    public QuorumCertificate? Certificate { get; private set; }

    public CertifiedList? Certified { get; private set; }

    public ProtocolFault? Aborted { get; private set; }

    public IReadOnlyList<PartyIndex> Culprits => [.. _faults.Append(Aborted).OfType<ProtocolFault>().SelectMany(f => f.Culprits).Distinct().Order()];

    public CeremonyRun Run()
    {
        var assembly = new DealingAssembly(ceremony);
        if (ceremony.Kind == DealingKind.Generate && !Commit(assembly)) return this;
        Certified = assembly.Certified;
        var dealings = Deal();
        foreach (var (dealing, _) in Network(dealings)) assembly.AddDealing(dealing);
        Answer(assembly, dealings);
        Settle(assembly);
        _faults.AddRange(assembly.Faults);

        if (!assembly.ProposeTranscript(false).Is(out var transcript, out _) && !assembly.ProposeTranscript(true).Is(out transcript, out var missing)) return Abort(missing);
        Transcript = DealingTranscript.Parse(transcript.ToBytes()).Value;
        var closed = new Dictionary<PartyIndex, ClosedReceiver>();
        foreach (var party in Network(_receivers.Keys))
        {
            if (IsSilent(party, receivers)) continue;
            if (!Receiver(party).Close(Transcript, receivers.Of(party)).Is(out var state, out var fault)) throw new InvalidOperationException($"{party}: {fault}");
            closed[party] = state;
            var vote = CheatOf(party, receivers) == Cheat.VotesForNonsense
                ? Vote.Sign(DealingCeremony.TranscriptKind, ceremony.Binding, party, Tagged.Hash("nonsense", []), receivers.Of(party))
                : state.Vote;
            assembly.AddTranscriptVote(vote);
        }
        Certificate = assembly.Certificate;
        if (Certificate is null) return Abort(new ProtocolFault.Missing([.. receivers.Indices.Where(p => CheatOf(p, receivers) is not null)]));
        foreach (var (party, state) in closed) Shares[party] = state.Finish(QuorumCertificate.Parse(Certificate.ToBytes()).Value).Value;
        return this;
    }

    private bool Commit(DealingAssembly assembly)
    {
        var messages = new List<SignedMessage>();
        foreach (var party in dealers.Indices)
        {
            if (CheatOf(party) == Cheat.SilentFromTheStart) continue;
            _committed[party] = CommittedDealer.Start(ceremony, party, dealers.Of(party));
            messages.Add(CheatOf(party) is Cheat.DealsAnotherPolynomial ? _committed[party].Commit : CommitOf(party));
            if (CheatOf(party) != Cheat.TwoCommits) continue;
            using var second = CommittedDealer.Start(ceremony, party, dealers.Of(party));
            messages.Add(second.Commit);
        }
        foreach (var message in Network(messages)) assembly.AddCommit(SignedMessage.Parse(message.ToBytes()).Value);

        var list = assembly.ProposeList(false) ?? assembly.ProposeList(true);
        if (list is null) return Abort(assembly.Faults.FirstOrDefault() ?? new ProtocolFault.Missing([.. dealers.Indices.Except(_committed.Keys)])) is null;
        list = CommitList.Parse(list.ToBytes()).Value;
        foreach (var party in Network(_committed.Keys))
        {
            if (CheatOf(party) is Cheat.SilentAfterCommit) continue;
            if (RestartAlways) Restart(party);
            if (!_committed[party].VoteFor(list, dealers.Of(party)).Is(out var vote, out _)) continue;
            assembly.AddListVote(vote);
            Assert.True(_committed[party].VoteFor(CommitList.Of(list.Commits.Skip(1)), dealers.Of(party)).Fault is ProtocolFault.Refused, "a second list was voted for");
        }
        _faults.AddRange(assembly.Faults);
        return assembly.Certified is not null || Abort(new ProtocolFault.Missing([.. Cheats.Keys])) is null;
    }

    // A cheater who will deal something else commits to that, so that only the check under test can find it.
    private SignedMessage CommitOf(PartyIndex party) =>
        CheatOf(party) is { } cheat && Forged(party, cheat) is { } body
            ? SignedMessage.Sign(DealingCeremony.CommitKind, ceremony.Binding, party, DealingBody.Digest(ceremony, party, body).AsSpan().ToArray(), dealers.Of(party))
            : _committed[party].Commit;

    private List<(SignedMessage Dealing, Func<PartyIndex, SecretBytes?> Share)> Deal()
    {
        var dealings = new List<(SignedMessage, Func<PartyIndex, SecretBytes?>)>();
        foreach (var party in dealers.Indices)
        {
            if (CheatOf(party) is Cheat.SilentFromTheStart or Cheat.SilentAfterCommit) continue;
            if (ceremony.Kind == DealingKind.Generate)
            {
                if (RestartAlways) Restart(party);
                if (CheatOf(party) is { } cheat && Forged(party, cheat) is { } forged)
                {
                    dealings.Add((SignedMessage.Sign(DealingCeremony.DealingMessageKind, ceremony.Binding, party, forged, dealers.Of(party)), _ => SecretBytes.Random(32)));
                    continue;
                }
                if (!_committed[party].Reveal(Certified!, dealers.Of(party)).Is(out var revealed, out _)) continue;
                Assert.NotNull(_committed[party].Reveal(Certified!, dealers.Of(party)).Fault);
                _revealed[party] = revealed;
            }
            else
            {
                if (CheatOf(party) is { } cheat && Forged(party, cheat) is { } forged)
                {
                    dealings.Add((SignedMessage.Sign(DealingCeremony.DealingMessageKind, ceremony.Binding, party, forged, dealers.Of(party)), _ => SecretBytes.Random(32)));
                    continue;
                }
                _revealed[party] = Fresh(party);
            }
            dealings.Add((_revealed[party].Dealing, receiver => ShareOf(party, receiver)));
            if (CheatOf(party) != Cheat.TwoDealings || ceremony.Kind == DealingKind.Generate) continue;
            dealings.Add((Fresh(party).Dealing, _ => SecretBytes.Random(32)));
        }
        return dealings;
    }

    private RevealedDealer Fresh(PartyIndex party) => ceremony.Kind == DealingKind.Refresh
        ? RevealedDealer.Refresh(ceremony, party, dealers.Of(party))
        : RevealedDealer.Reshare(ceremony, Old[party], dealers.Of(party));

    private SecretBytes? ShareOf(PartyIndex dealer, PartyIndex receiver) => CheatOf(dealer) switch
    {
        Cheat.BadShareToAll => random.Next(2) == 0 ? null : SecretBytes.Random(32),
        Cheat.BadShareToOne or Cheat.BadShareAndBadOpening or Cheat.BadShareAndNoOpening when receiver == Victim => SecretBytes.Random(random.Next(1, 40)),
        _ => _revealed[dealer].ShareFor(receiver),
    };

    private PartyIndex Victim => receivers.Indices.First(i => CheatOf(i, receivers) is null);

    private void Answer(DealingAssembly assembly, List<(SignedMessage Dealing, Func<PartyIndex, SecretBytes?> Share)> dealings)
    {
        foreach (var party in receivers.Indices)
        {
            if (IsSilent(party, receivers)) continue;
            _receivers[party] = new DealingReceiver(ceremony, party, Certified, ceremony.Kind == DealingKind.Refresh ? Old[party] : null);
            foreach (var (dealing, share) in Network(dealings))
            {
                if (!Receiver(party).Receive(SignedMessage.Parse(dealing.ToBytes()).Value, share(party), receivers.Of(party)).Is(out var answer, out var fault))
                {
                    _faults.Add(fault);
                    continue;
                }
                if (CheatOf(party, receivers) == Cheat.FalseComplaints)
                    assembly.AddComplaint(dealing.From, Complaint.Make(ceremony, party, dealing.From, DealingBody.Digest(ceremony, dealing.From, dealing.Body.Span), receivers.Of(party)));
                else if (answer is DealingAnswer.Acknowledged acknowledged)
                    assembly.AddAcknowledgement(acknowledged.Dealer, Vote.Parse(acknowledged.Vote.ToBytes()).Value);
                else if (answer is DealingAnswer.Complained complained)
                    assembly.AddComplaint(complained.Dealer, complained.Complaint);
            }
        }
    }

    private void Settle(DealingAssembly assembly)
    {
        foreach (var (dealer, receiver) in assembly.OpenDisputes.ToArray())
        {
            if (CheatOf(dealer) is Cheat.BadShareAndNoOpening or Cheat.SilentAfterDealing || !_revealed.TryGetValue(dealer, out var revealed)) continue;
            var digest = DealingBody.Digest(ceremony, dealer, revealed.Dealing.Body.Span);
            if (RestartAlways)
            {
                using var saved = revealed.Save();
                revealed.Dispose();
                _revealed[dealer] = revealed = RevealedDealer.Restore(ceremony, saved).Value;
            }
            var opening = CheatOf(dealer) == Cheat.BadShareAndBadOpening
                ? SignedMessage.Sign(DealingCeremony.OpeningKind, ceremony.Binding, dealer, new ShareOpening(receiver, digest, ceremony.Group.Scalar(5)).ToBytes(), dealers.Of(dealer))
                : revealed.Open(Complaint.Make(ceremony, receiver, dealer, digest, receivers.Of(receiver)), dealers.Of(dealer)).Value;
            assembly.AddOpening(opening);
            if (!_receivers.ContainsKey(receiver)) continue;
            if (!Receiver(receiver).ReceiveOpening(opening, receivers.Of(receiver)).Is(out var answer, out var fault)) _faults.Add(fault);
            else if (answer is DealingAnswer.Acknowledged acknowledged) assembly.AddAcknowledgement(dealer, acknowledged.Vote);
        }
    }

    private byte[]? Forged(PartyIndex party, Cheat cheat)
    {
        switch (cheat)
        {
            case Cheat.DealsAnotherPolynomial:
            case Cheat.RaisesTheDegree:
            case Cheat.LowersTheDegree:
                using (var polynomial = Polynomial(party, cheat switch { Cheat.RaisesTheDegree => 1, Cheat.LowersTheDegree => -1, _ => 0 }))
                    return cheat == Cheat.DealsAnotherPolynomial && ceremony.Kind != DealingKind.Generate ? null : DealingBody.Write(ceremony, party, polynomial);
            case Cheat.WrongConstant when ceremony.Kind == DealingKind.Reshare:
                using (var polynomial = SecretPolynomial.Random(ceremony.Group, ceremony.Degree)) return DealingBody.Write(ceremony, party, polynomial);
            case Cheat.RogueKey when ceremony.Kind == DealingKind.Generate:
                // A constant term that cancels somebody else's, without its logarithm: the proof is another's.
                using (var polynomial = SecretPolynomial.Random(ceremony.Group, ceremony.Degree))
                {
                    var commitment = polynomial.Commit();
                    var proof = PossessionProof.Make(ceremony.Binding, party, polynomial.Constant, commitment.Constant);
                    return new CanonicalWriter().List([-commitment.Constant, .. commitment.Elements.Skip(1)], (w, e) => w.Element(e)).Element(proof.R).Scalar(proof.Mu).ToArray();
                }
            case Cheat.DealsGarbage:
                return [.. Enumerable.Repeat((byte)0xa5, 80)];
            default:
                return null;
        }
    }

    private SecretPolynomial Polynomial(PartyIndex party, int more) => ceremony.Kind switch
    {
        DealingKind.Generate => SecretPolynomial.Random(ceremony.Group, ceremony.Degree + more),
        DealingKind.Refresh => SecretPolynomial.OfZero(ceremony.Group, ceremony.Degree + more),
        _ => SecretPolynomial.WithConstant(Old[party].Secret, ceremony.Degree + more),
    };

    private DealingReceiver Receiver(PartyIndex party)
    {
        if (!RestartAlways) return _receivers[party];
        using var saved = _receivers[party].Save();
        _receivers[party].Dispose();
        return _receivers[party] = DealingReceiver.Restore(ceremony, saved, Certified, ceremony.Kind == DealingKind.Refresh ? Old[party] : null).Value;
    }

    private void Restart(PartyIndex party)
    {
        using var saved = _committed[party].Save()!;
        _committed[party].Dispose();
        _committed[party] = CommittedDealer.Restore(ceremony, saved).Value;
    }

    private Cheat? CheatOf(PartyIndex dealer) => Cheats.TryGetValue(dealer, out var cheat) ? cheat : null;

    // Dealers and receivers are the same parties, unless the ceremony is a resharing: there, the script is about the dealers.
    private Cheat? CheatOf(PartyIndex receiver, DeviceKeys keys) => ReferenceEquals(keys, dealers) ? CheatOf(receiver) : null;

    private bool IsSilent(PartyIndex receiver, DeviceKeys keys) =>
        CheatOf(receiver, keys) is Cheat.SilentFromTheStart or Cheat.SilentAfterCommit or Cheat.SilentAfterDealing;

    private IEnumerable<T> Network<T>(IEnumerable<T> messages)
    {
        var waiting = messages.ToList();
        while (waiting.Count > 0)
        {
            var at = random.Next(waiting.Count);
            if (random.Next(4) == 0) continue; // lost: it is sent again later
            yield return waiting[at];
            if (random.Next(5) > 0) waiting.RemoveAt(at); // else it arrives once more
        }
    }

    private CeremonyRun Abort(ProtocolFault fault)
    {
        Aborted = fault;
        return this;
    }
}
