using System.Diagnostics;
using VaultGrid.Protocols;

namespace VaultGrid.Enclave;

/// <summary>
/// This enclave's part of a new key, a refresh or a resharing. State is in the journal before any message that it made leaves; the vote leaves when the new share is there too; the
/// store takes the share when a quorum's votes certify the version, and only then is an older share destroyed.
/// </summary>
[DebuggerDisplay("LiveDealing(redacted)")]
internal sealed partial class LiveDealing : LiveCeremony
{
    private const int Variants = 4;

    private readonly Lock _gate = new();
    private readonly CeremonyOpening _opening;
    private readonly OpenCeremonyCall _call;
    private readonly DateTimeOffset _openedAt;
    private readonly CeremonyDirectory _directory;
    private readonly CeremonyJournal _journal;
    private readonly DealingMember _member;
    private readonly CeremonyParts _parts;
    private readonly Hash256 _header;
    private readonly Dictionary<byte, List<VersionVote>> _votes = [];
    private readonly Dictionary<byte, Hash256> _sharesSent = [];
    private BirthRecord? _birth;
    private KeyVersion? _version;
    private CeremonyMessage? _vote;
    private CertifiedVersion? _certified;
    private KeyEvidence? _evidence;
    private bool _hasVoted;
    private bool _closed;

    private LiveDealing(
        CeremonyOpening opening, OpenCeremonyCall call, DateTimeOffset openedAt, CeremonyDirectory directory, CeremonyJournal journal, DealingMember member, CeremonyParts parts)
    {
        (_opening, _call, _openedAt, _directory, _journal, _member, _parts) = (opening, call, openedAt, directory, journal, member, parts);
        _header = opening.Plan.Hash();
        Heard = parts.Clock.Now;
    }

    public override CeremonyPlan Plan => _opening.Plan;

    public override KeyId? NewKey => Plan.Kind == CeremonyKind.Generate ? _opening.Policies.Current.KeyId : null;

    public override bool IsDone => _certified is not null;

    // A vote may be one of those that put the version in force elsewhere; and what was dealt of an old share may be used without us.
    public override bool CanClose => IsDone || (_member.Result is null && !(Plan.Kind == CeremonyKind.Reshare && _member.HasDealt));

    /// <summary>Begins; the first snapshot is on disk when this returns.</summary>
    public static Outcome<LiveDealing> Open(CeremonyOpening opening, OpenCeremonyCall call, CeremonyDirectory directory, CeremonyJournal journal, CeremonyParts parts, VaultState state)
    {
        if (!Ceremony(opening, directory).Is(out var ceremony, out var refusal)) return refusal;
        if (!OldShare(opening, out var old).Is(out _, out refusal)) return refusal;
        using (old)
        {
            var member = DealingMember.Start(ceremony, DealerOf(opening), opening.Receiver, old.Value?.Share, new DeviceSigner(state.Identity!.Key!, directory, opening.Place));
            var live = new LiveDealing(opening, call, parts.Clock.NowInSeconds, directory, journal, member, parts);
            live.Keep();
            return live;
        }
    }

    /// <summary>Goes on after a restart.</summary>
    public static Outcome<LiveDealing> Resume(
        CeremonyOpening opening, CeremonySnapshot snapshot, SavedState saved, CeremonyDirectory directory, CeremonyJournal journal, CeremonyParts parts, VaultState state)
    {
        if (!Ceremony(opening, directory).Is(out var ceremony, out var refusal)) return refusal;
        if (!OldShare(opening, out var old).Is(out _, out refusal)) return refusal;
        using (old)
        {
            return DealingMember.Restore(ceremony, DealerOf(opening), opening.Receiver, old.Value?.Share, saved, new DeviceSigner(state.Identity!.Key!, directory, opening.Place)).Is(out var member, out refusal)
                ? new LiveDealing(opening, snapshot.Call, snapshot.OpenedAt, directory, journal, member, parts)
                : refusal;
        }
    }

    public override Outcome<CeremonyAnswer> Step(StepCeremonyCall call, VaultState state)
    {
        lock (_gate)
        {
            if (_closed) return CeremonyTable.Unknown(Plan.Id);
            Heard = _parts.Clock.Now;
            if (IsDone) return Answer([]);
            _directory.Take(call.Directory, state);
            foreach (var message in call.Messages) Receive(message);
            return Advance(call.Proposal, state, repeat: false);
        }
    }

    public override Outcome<CeremonyAnswer> Status(VaultState state)
    {
        lock (_gate)
        {
            if (_closed) return CeremonyTable.Unknown(Plan.Id);
            return IsDone ? Answer(_vote is { } vote ? [vote] : []) : Advance(CeremonyProposal.None, state, repeat: true);
        }
    }

    public override void Close()
    {
        lock (_gate)
        {
            if (_closed) return;
            _closed = true;
            if (!IsDone) _journal.Release();
            Wipe();
        }
    }

    /// <summary>Wipes what is in memory; the journal stays for the next start.</summary>
    public override void Dispose()
    {
        lock (_gate)
        {
            if (_closed) return;
            _closed = true;
            if (!IsDone) _journal.Dispose();
            Wipe();
        }
    }

    public override string ToString() => "LiveDealing(redacted)";

    private static PartyIndex? DealerOf(CeremonyOpening opening) => opening.Plan.Kind == CeremonyKind.Reshare && opening.Key?.Shared is not { State: ShareState.Held } ? null : opening.Dealer;

    private static Outcome<DealingCeremony> Ceremony(CeremonyOpening opening, CeremonyDirectory directory)
    {
        var plan = opening.Plan;
        if (!ThresholdParameters.Of(plan.Receivers.Count, plan.Faulty).Is(out var receivers, out var refusal)) return refusal;
        var group = opening.Kind.Group();
        return plan.Kind switch
        {
            CeremonyKind.Generate => DealingCeremony.Generate(group, plan.Hash(), directory.Roster(plan.Receivers, receivers)),
            CeremonyKind.Refresh => DealingCeremony.Refresh(opening.Current!, plan.Hash(), directory.Roster(plan.Receivers, receivers)),
            CeremonyKind.Reshare => DealingCeremony.Reshare(
                opening.Current!, plan.Hash(), directory.Roster(plan.Dealers, opening.Current!.Parameters), directory.Roster(plan.Receivers, receivers)),
            CeremonyKind.Repair => throw new InvalidOperationException("A repair deals nothing."),
            _ => throw new InvalidOperationException("An unlisted kind of ceremony."),
        };
    }

    // The share of the version in force, where there is one.
    private static Outcome<Done> OldShare(CeremonyOpening opening, out OldShareLease lease)
    {
        lease = default;
        if (opening.Key?.Shared?.Secret is not { } secret) return default(Done);
        if (!secret.TryTake(out var taken)) return new Refusal(RefusalCode.StateConflict, "the share is just being replaced");
        lease = new OldShareLease(taken);
        return default(Done);
    }

    private void Keep()
    {
        var progress = _member.TakeProgress();
        if (progress == DealingProgress.None) return;
        using var saved = _member.Save();
        using var snapshot = CeremonySnapshot.Write(_call, _openedAt, _directory.Statements, saved);
        _journal.Append(snapshot, isDurable: progress == DealingProgress.Decided);
    }

    private void Receive(CeremonyMessage message)
    {
        if (message.From >= Plan.Members.Count || message.From == _opening.Place || (message.To != CeremonyMessage.All && message.To != _opening.Place)) return;
        switch (message.Kind)
        {
            case CeremonyMessageKind.Share:
                var dealer = Index(Plan.Dealers, message.From);
                if (dealer is not { } from) break;

                // What fits the dealing that its dealer has signed needs no other signature; what does not may be anybody's.
                if (CeremonyMail.Open(_header, message, _directory, _parts.SessionKeys, secret => _member.TakeFitting(from, secret)) is { } share) _member.ReceiveShare(from, share);
                break;
            case CeremonyMessageKind.Vote:
                var reader = new WireReader(message.Body.Span);
                var vote = VersionVote.Read(ref reader);
                if (!reader.End("a vote", out _) || vote.Share == 0 || vote.Share > Plan.Receivers.Count || Plan.Receivers[vote.Share - 1] != message.From) break;
                if (!_votes.TryGetValue(vote.Share, out var votes)) _votes[vote.Share] = votes = [];
                if (votes.Count < Variants) votes.Add(vote);
                break;
            default:
                if (Output(message.Kind) is { } kind) _member.Receive(kind, message.Body.Span);
                break;
        }
    }

    private Outcome<CeremonyAnswer> Advance(CeremonyProposal proposal, VaultState state, bool repeat)
    {
        var said = _member.Advance(Proposal(proposal));
        if (_member.Result is not null && _version is null) MakeVersion(state);

        // Nothing that follows from what was just decided leaves before it is on disk.
        Keep();
        var messages = new List<CeremonyMessage>();
        foreach (var output in repeat ? _member.Said : said) messages.Add(new CeremonyMessage(Kind(output.Kind), _opening.Place, CeremonyMessage.All, output.Body));
        AddShares(messages, repeat, state);
        if (_vote is { } vote && (repeat || !_hasVoted)) messages.Add(vote);
        _hasVoted |= _vote is not null;
        if (_version is not null && Finish().Is(out _, out var refusal) is false) return refusal;
        return Answer(messages);
    }

    private void MakeVersion(VaultState state)
    {
        var shared = _member.Result!.Key;
        var document = _opening.Document;
        _birth = _opening.Birth ?? new BirthRecord
        {
            KeyId = _opening.Policies.Current.KeyId,
            Kind = _opening.Kind,
            Fingerprint = SharedKinds.Fingerprint(shared),
            Policy = _opening.Policies.CurrentHash,
            Request = document!.Hash,
        };
        _version = new KeyVersion(
            _birth.Hash(), shared.Version, Plan.Kind == CeremonyKind.Generate ? null : Plan.Version, _header, [.. Plan.Receivers.Select(place => Plan.Members[place])],
            Plan.Faulty, shared.ToBytes(), _opening.Kind.Encode(shared));
        var own = new VersionVote(_opening.Receiver!.Value.Value, state.Certificate!.Der, state.Identity!.Key!.Sign(VersionVote.Statement(_version)));
        _votes[own.Share] = [own];
        var writer = new WireWriter();
        VersionVote.Write(writer, own);
        _vote = new CeremonyMessage(CeremonyMessageKind.Vote, _opening.Place, CeremonyMessage.All, writer.ToArray());
    }

    // Each receiver's share, once for each of its session keys.
    private void AddShares(List<CeremonyMessage> messages, bool repeat, VaultState state)
    {
        if (!_member.HasDealt) return;
        for (var i = 0; i < Plan.Receivers.Count; i++)
        {
            var place = Plan.Receivers[i];
            if (place == _opening.Place || _directory.Find(place) is not { } receiver) continue;
            if (!repeat && _sharesSent.TryGetValue(place, out var sent) && sent == receiver.SessionKeyName) continue;
            using var share = _member.ShareFor(new PartyIndex(i + 1));
            messages.Add(CeremonyMail.Pack(_header, CeremonyMessageKind.Share, _opening.Place, place, receiver, share, state.Identity!.Key!));
            _sharesSent[place] = receiver.SessionKeyName;
        }
    }

    private Outcome<Done> Finish()
    {
        var quorum = _member.Result!.Key.Parameters.CertificateQuorum;
        if (_votes.Count < quorum) return default(Done);
        var statement = VersionVote.Statement(_version!);
        var good = new List<VersionVote>();
        foreach (var (share, votes) in _votes.OrderBy(pair => pair.Key))
        {
            var place = Plan.Receivers[share - 1];
            if (votes.FirstOrDefault(vote => place == _opening.Place || IsFrom(place, vote, statement)) is { } vote) good.Add(vote);
        }

        if (good.Count < quorum) return default(Done);
        var certified = new CertifiedVersion(_version!, good);
        if (!_parts.Keeper.Take(_opening, _birth!, certified, _member.Result, _openedAt, _call).Is(out var evidence, out var refusal)) return refusal;
        (_certified, _evidence) = (certified, evidence);
        _journal.Release();
        Wipe();
        return default(Done);
    }

    private bool IsFrom(byte place, VersionVote vote, byte[] statement) =>
        _directory.Find(place) is { } member && PublicBytes.Equal(member.Certificate.Span, vote.Certificate.Span) && _directory.Verify(place, statement, vote.Signature.Span);

    private CeremonyAnswer Answer(IReadOnlyList<CeremonyMessage> messages)
    {
        if (_certified is not null) return new CeremonyAnswer(CeremonyStage.Done, messages, [], [], _certified, _evidence);
        var (dealers, receivers) = _member.Awaited();
        IEnumerable<byte> awaited = _version is not null
            ? Enumerable.Range(1, Plan.Receivers.Count).Where(share => !_votes.ContainsKey((byte)share)).Select(share => Plan.Receivers[share - 1])
            : dealers.Select(dealer => Plan.Dealers[dealer.Value - 1]).Concat(receivers.Select(receiver => Plan.Receivers[receiver.Value - 1]));
        return new CeremonyAnswer(Stage(), messages, [.. awaited.Distinct()], [.. Faults()], null, null);
    }

    private CeremonyStage Stage() =>
        _version is not null ? CeremonyStage.Voting
        : _member.HasAcknowledged ? CeremonyStage.Acknowledging
        : _member.HasList ? CeremonyStage.Dealing
        : _member.HasVotedForList ? CeremonyStage.Listing : CeremonyStage.Committing;

    private DealingProposal? Proposal(CeremonyProposal proposal)
    {
        var dealers = proposal.Dealers.Select(place => Index(Plan.Dealers, place)).OfType<PartyIndex>().Distinct().Order().ToArray();
        return proposal.Kind switch
        {
            CeremonyProposalKind.None => null,
            CeremonyProposalKind.List => new DealingProposal.List(dealers),
            CeremonyProposalKind.Acknowledge => new DealingProposal.Acknowledge(),
            CeremonyProposalKind.Version => new DealingProposal.Version(dealers),
            _ => throw new InvalidOperationException("An unlisted proposal."),
        };
    }

    private static PartyIndex? Index(IReadOnlyList<byte> places, byte place)
    {
        for (var i = 0; i < places.Count; i++)
        {
            if (places[i] == place) return new PartyIndex(i + 1);
        }

        return null;
    }

    private static CeremonyMessageKind Kind(DealingOutputKind kind) => kind switch
    {
        DealingOutputKind.Commit => CeremonyMessageKind.Commit,
        DealingOutputKind.ListVote => CeremonyMessageKind.ListVote,
        DealingOutputKind.Dealing => CeremonyMessageKind.Dealing,
        DealingOutputKind.Acknowledgement => CeremonyMessageKind.Acknowledgement,
        DealingOutputKind.Complaint => CeremonyMessageKind.Complaint,
        DealingOutputKind.Opening => CeremonyMessageKind.Opening,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not something that is said to all."),
    };

    private static DealingOutputKind? Output(CeremonyMessageKind kind) => kind switch
    {
        CeremonyMessageKind.Commit => DealingOutputKind.Commit,
        CeremonyMessageKind.ListVote => DealingOutputKind.ListVote,
        CeremonyMessageKind.Dealing => DealingOutputKind.Dealing,
        CeremonyMessageKind.Acknowledgement => DealingOutputKind.Acknowledgement,
        CeremonyMessageKind.Complaint => DealingOutputKind.Complaint,
        CeremonyMessageKind.Opening => DealingOutputKind.Opening,
        _ => null,
    };

    private void Wipe() => _member.Dispose();

    private readonly record struct OldShareLease(Leased<OpenSharedShare>.Lease? Lease) : IDisposable
    {
        public OpenSharedShare? Value => Lease?.Value;

        public void Dispose() => Lease?.Dispose();
    }
}
