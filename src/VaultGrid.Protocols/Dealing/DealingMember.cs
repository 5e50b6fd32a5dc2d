using System.Diagnostics;

namespace VaultGrid.Protocols;

/// <summary>
/// One party's whole part of a dealing ceremony, as dealer, receiver or both: messages go in, in any order and more than once; what follows from them comes out. While everybody
/// answers it needs no proposals: all commitments make the list, all dealings that all receivers acknowledged make the version.
/// </summary>
/// <remarks>After each step that says so (<see cref="TakeProgress"/>) the caller seals <see cref="Save"/> before anything leaves.</remarks>
[DebuggerDisplay("DealingMember(redacted)")]
public sealed partial class DealingMember : IDisposable
{
    // Of what nobody has verified yet, so many variants are kept for each sender: a carrier that makes some up displaces none.
    private const int Variants = 4;

    private readonly DealingCeremony _ceremony;
    private readonly IStatementSigner _signer;
    private readonly KeyShare? _old;
    private readonly SortedDictionary<PartyIndex, SignedMessage> _commits = [];
    private readonly Dictionary<PartyIndex, List<Vote>> _listVotes = [];
    private readonly Dictionary<PartyIndex, List<SignedMessage>> _early = [];
    private readonly Dictionary<PartyIndex, SecretBytes> _shares = [];
    private readonly HashSet<PartyIndex> _complained = [];
    private readonly List<Acknowledgement> _acknowledgements = [];
    private readonly Dictionary<PartyIndex, ProtocolFault> _faults = [];
    private readonly Dictionary<PartyIndex, SignedMessage[]> _evidence = [];
    private readonly List<DealingOutput> _said = [];
    private readonly List<DealingOutput> _toSay = [];
    private CommittedDealer? _committed;
    private RevealedDealer? _revealed;
    private DealingReceiver? _receiver;
    private CommitList? _list;
    private CertifiedList? _certified;
    private int _acknowledged;
    private DealingProgress _progress;
    private bool _isRestoring;

    private DealingMember(DealingCeremony ceremony, PartyIndex? dealer, PartyIndex? receiver, KeyShare? old, IStatementSigner signer) =>
        (_ceremony, Dealer, Receiver, _old, _signer) = (ceremony, dealer, receiver, old?.Clone(), signer);

    /// <summary>This party's place among the dealers, or null.</summary>
    public PartyIndex? Dealer { get; }

    /// <summary>This party's place among the receivers, or null.</summary>
    public PartyIndex? Receiver { get; }

    /// <summary>Who was caught, with the evidence.</summary>
    public IReadOnlyDictionary<PartyIndex, ProtocolFault> Faults => _faults;

    /// <summary>The dealers that signed this receiver a bad share and have opened no good one: this party's word, for what was sealed to it convicts nobody before others.</summary>
    public IReadOnlyList<PartyIndex> Spoilers => [.. _complained.Where(dealer => _receiver?.Holds(dealer) == false)];

    /// <summary>The dealer's own signed messages that convict it of its fault before everybody.</summary>
    public IReadOnlyList<SignedMessage> EvidenceOf(PartyIndex dealer) => _evidence.GetValueOrDefault(dealer) ?? [];

    /// <summary>The new share, once the version is made here; it belongs to this member.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public KeyShare? Result { get; private set; }

    /// <summary>
    /// The version that was proposed last, where this receiver agrees with it and lacks shares of its dealings: a dealer starved it. Others who hold theirs can repair its share of it
    /// (<see cref="TakeRepaired"/>), so that it votes. Null else.
    /// </summary>
    public SharedKey? Starved { get; private set; }

    /// <summary>True once commitments can't be added (always, but for new keys).</summary>
    public bool HasList => _certified is not null || _ceremony.Kind != DealingKind.Generate;

    /// <summary>True once this party has voted for a list.</summary>
    public bool HasVotedForList => _list is not null;

    /// <summary>True once this dealer's shares may leave.</summary>
    public bool HasDealt => _revealed is not null;

    /// <summary>True once this receiver has acknowledged something.</summary>
    public bool HasAcknowledged => _acknowledged > 0;

    /// <summary>All that was said to everybody so far.</summary>
    public IReadOnlyList<DealingOutput> Said => _said;

    /// <summary>Begins. A refresh needs the share of the version in force, a dealer of a resharing too; it is copied.</summary>
    public static DealingMember Start(DealingCeremony ceremony, PartyIndex? dealer, PartyIndex? receiver, KeyShare? old, IStatementSigner signer)
    {
        ArgumentNullException.ThrowIfNull(ceremony);
        ArgumentNullException.ThrowIfNull(signer);
        var member = new DealingMember(ceremony, dealer, receiver, old, signer) { _progress = DealingProgress.Decided };
        if (dealer is { } me)
        {
            if (ceremony.Kind == DealingKind.Generate) member._committed = CommittedDealer.Start(ceremony, me, signer);
            else member._revealed = ceremony.Kind == DealingKind.Refresh ? RevealedDealer.Refresh(ceremony, me, signer) : RevealedDealer.Reshare(ceremony, old!, signer);
        }

        member.Begin();
        return member;
    }

    /// <summary>The share of one receiver, to be sealed to it; the caller disposes of it. Only once <see cref="HasDealt"/>.</summary>
    public SecretBytes ShareFor(PartyIndex receiver) => (_revealed ?? throw new InvalidOperationException("Nothing is dealt yet.")).ShareFor(receiver);

    /// <summary>Takes what a party said to all; what can't be verified is no message.</summary>
    public void Receive(DealingOutputKind kind, ReadOnlySpan<byte> body)
    {
        switch (kind)
        {
            case DealingOutputKind.Commit when SignedMessage.Parse(body).Is(out var commit, out _):
                AddCommit(commit);
                break;
            case DealingOutputKind.ListVote when _certified is null && Vote.Parse(body).Is(out var vote, out _):
                Keep(_listVotes, vote.From, vote);
                break;
            case DealingOutputKind.Dealing when SignedMessage.Parse(body).Is(out var dealing, out _):
                if (_receiver is null) Keep(_early, dealing.From, dealing);
                else AddDealing(dealing);
                break;
            case DealingOutputKind.Acknowledgement when Acknowledgement.Parse(body).Is(out var ack, out _):
                if (_acknowledgements.Count(known => known.From == ack.From) < _ceremony.Dealers.Parameters.Parties && ack.IsSigned(_ceremony)) _acknowledgements.Add(ack);
                break;
            case DealingOutputKind.Complaint when SignedMessage.Parse(body).Is(out var complaint, out _):
                if (_revealed is { } dealer && dealer.Open(complaint, _signer).Is(out var opened, out _)) Say(DealingOutputKind.Opening, opened.ToBytes());
                break;
            case DealingOutputKind.Opening when SignedMessage.Parse(body).Is(out var opening, out _):
                if (_receiver is { } receiver && !receiver.ReceiveOpening(opening, _signer).Is(out _, out var fault)) Blame(fault, receiver.DealingOf(opening.From), opening);
                break;
        }
    }

    /// <summary>Goes as far as what has come allows.</summary>
    /// <param name="proposal">What is proposed after a deadline, or null.</param>
    /// <returns>What to say to all.</returns>
    public IReadOnlyList<DealingOutput> Advance(DealingProposal? proposal)
    {
        if (_ceremony.Kind == DealingKind.Generate && _certified is null)
        {
            var candidates = Candidates(proposal);
            if (_list is null && candidates.Count > 0) VoteFor(candidates[0]);
            Certify(candidates);
        }

        if (_receiver is not null)
        {
            TakeShares();
            Acknowledge(proposal is DealingProposal.Acknowledge or DealingProposal.Version);
            Conclude(proposal);
        }

        DealingOutput[] send = [.. _toSay];
        _toSay.Clear();
        return send;
    }

    /// <summary>The dealers whose commitment, dealing or share, or the receivers whose acknowledgement this party waits for.</summary>
    public (IReadOnlyList<PartyIndex> Dealers, IReadOnlyList<PartyIndex> Receivers) Awaited()
    {
        if (Result is not null) return ([], []);
        if (!HasList) return ([.. _ceremony.Dealers.Parameters.Indices.Where(i => _list is null ? !_commits.ContainsKey(i) : !_listVotes.ContainsKey(i))], []);
        if (_receiver is null) return ([], []);
        PartyIndex[] dealers = [.. Expected.Where(dealer => !_receiver.Holds(dealer))];
        return (dealers, HasAcknowledged || dealers.Length == 0 ? [.. _ceremony.Receivers.Parameters.Indices.Where(i => !_acknowledgements.Any(ack => ack.From == i))] : []);
    }

    /// <summary>What has to be done with the state before anything leaves; asked once for each step.</summary>
    public DealingProgress TakeProgress()
    {
        var progress = _progress;
        _progress = DealingProgress.None;
        return progress;
    }

    /// <summary>The state, for sealing: the polynomial, the list and the version that were voted for, the shares that were acknowledged, the new share.</summary>
    public SavedState Save() => DealingMemberState.Save(
        _committed?.Save() ?? _revealed?.Save(), _list, _certified?.Certificate, _acknowledged > 0 && Result is null ? _receiver!.Save() : null, Result, _said);

    /// <summary>Goes on from a saved state; the other arguments as for <see cref="Start"/>.</summary>
    public static Outcome<DealingMember> Restore(
        DealingCeremony ceremony, PartyIndex? dealer, PartyIndex? receiver, KeyShare? old, SavedState state, IStatementSigner signer)
    {
        ArgumentNullException.ThrowIfNull(ceremony);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(signer);
        if (!DealingMemberState.Read(state).Is(out var saved, out var refusal)) return refusal;
        using (saved)
        {
            var member = new DealingMember(ceremony, dealer, receiver, old, signer) { _isRestoring = true };
            if (!member.Restore(saved).Is(out _, out refusal))
            {
                member.Dispose();
                return refusal;
            }

            // What was said before is said again in the same bytes.
            member._said.AddRange(saved.Said);
            member._isRestoring = false;
            return member;
        }
    }

    /// <summary>Wipes the polynomial and all shares.</summary>
    public void Dispose()
    {
        _committed?.Dispose();
        _revealed?.Dispose();
        _receiver?.Dispose();
        foreach (var share in _shares.Values) share.Dispose();
        Result?.Dispose();
        _old?.Dispose();
    }

    /// <summary>Always the same text.</summary>
    public override string ToString() => "DealingMember(redacted)";

    private IReadOnlyList<PartyIndex> Expected => _certified is { } certified ? [.. certified.List.Commits.Select(m => m.From)] : _ceremony.Dealers.Parameters.Indices;

    // In the order in which it came about.
    private Outcome<Done> Restore(DealingMemberState saved)
    {
        if (saved.Share is { } share)
        {
            if (Receiver is not { } me) return new Refusal(RefusalCode.StoreTampered, "a ceremony's state holds a share for nobody");
            if (!SharedKey.Parse(_ceremony.Group, share.Key).Then(key => KeyShare.Of(me, key, share.Secret.Clone())).Is(out var result, out var refusal)) return refusal;
            Result = result;
        }

        if (saved.Dealer is { } dealer)
        {
            // Before it is revealed, a new key's dealing stands behind its dealer; later, and in other ceremonies, it is a signed message.
            if (_ceremony.Kind == DealingKind.Generate && CommittedDealer.Restore(_ceremony, dealer).Is(out var committed, out _)) _committed = committed;
            else if (RevealedDealer.Restore(_ceremony, dealer).Is(out var revealed, out var refusal)) _revealed = revealed;
            else return refusal;
        }

        Begin();
        if (_ceremony.Kind != DealingKind.Generate && Result is null) return Gathered(saved);
        if (saved.List is not { } list) return default(Done);
        foreach (var commit in list.Commits) AddCommit(commit);
        VoteFor(list);
        (_list, _progress) = (list, DealingProgress.None);
        if (saved.Certificate is not { } certificate || Result is not null) return default(Done);

        // Who voted stands in the certificate; a vote of a device that doesn't count any more is asked for again.
        foreach (var vote in certificate.Votes) Keep(_listVotes, vote.From, vote);
        Certify([list]);
        return Gathered(saved);
    }

    private Outcome<Done> Gathered(DealingMemberState saved)
    {
        if (saved.Received is not { } received || Receiver is null || !HasList) return default(Done);
        if (!DealingReceiver.Restore(_ceremony, received, _certified, _ceremony.Kind == DealingKind.Refresh ? _old : null).Is(out var receiver, out _)) return default(Done);
        _receiver?.Dispose();
        _receiver = receiver;
        _acknowledged = receiver.Holding.Count;
        _acknowledgements.AddRange(saved.Said.Where(said => said.Kind == DealingOutputKind.Acknowledgement).Select(said => Acknowledgement.Parse(said.Body).Value));
        return default(Done);
    }

    private void Begin()
    {
        if (_committed is { } dealer)
        {
            AddCommit(dealer.Commit);
            Say(DealingOutputKind.Commit, dealer.Commit.ToBytes());
        }

        if (_ceremony.Kind != DealingKind.Generate && Receiver is { } me)
            _receiver = new DealingReceiver(_ceremony, me, null, _ceremony.Kind == DealingKind.Refresh ? _old : null);
        if (_revealed is not null && (_ceremony.Kind != DealingKind.Generate || Result is not null)) Deal();
    }

    private void Say(DealingOutputKind kind, byte[] body)
    {
        if (_isRestoring) return;
        var output = new DealingOutput(kind, body);
        _said.Add(output);
        _toSay.Add(output);
    }

    private void Blame(ProtocolFault fault, params ReadOnlySpan<SignedMessage?> evidence)
    {
        if (fault is not (ProtocolFault.Cheated or ProtocolFault.Equivocated) || !_faults.TryAdd(fault.Culprits[0], fault)) return;
        _evidence[fault.Culprits[0]] = fault is ProtocolFault.Equivocated twice ? [twice.First, twice.Second] : [.. evidence.ToArray().OfType<SignedMessage>()];
    }

    private static void Keep<T>(Dictionary<PartyIndex, List<T>> kept, PartyIndex from, T item)
    {
        if (!kept.TryGetValue(from, out var items)) kept[from] = items = [];
        if (items.Count < Variants) items.Add(item);
    }

    private void AddCommit(SignedMessage commit)
    {
        if (_commits.TryGetValue(commit.From, out var known) && known.SaysTheSameAs(commit)) return;
        if (commit.Body.Length != Hash256.Length || !commit.IsSigned(DealingCeremony.CommitKind, _ceremony.Binding, _ceremony.Dealers)) return;
        if (!_commits.TryAdd(commit.From, commit)) Blame(new ProtocolFault.Equivocated(commit.From, _commits[commit.From], commit));
    }

    // The lists that a quorum may have voted for: the own one, the proposed one, that of everybody.
    private List<CommitList> Candidates(DealingProposal? proposal)
    {
        var lists = new List<CommitList>();
        if (_list is not null) lists.Add(_list);
        if (proposal is DealingProposal.List { Dealers: var dealers } && dealers.Distinct().Count() >= _ceremony.DealerQuorum && dealers.All(_commits.ContainsKey))
            lists.Add(CommitList.Of(dealers.Select(dealer => _commits[dealer])));
        if (_commits.Count == _ceremony.Dealers.Parameters.Parties && _faults.Count == 0) lists.Add(CommitList.Of(_commits.Values));
        return lists;
    }

    private void VoteFor(CommitList list)
    {
        if (_committed is not { } dealer || !dealer.VoteFor(list, _signer).Is(out var vote, out _)) return;
        (_list, _progress) = (list, DealingProgress.Decided);
        Keep(_listVotes, vote.From, vote);
        Say(DealingOutputKind.ListVote, vote.ToBytes());
    }

    private void Certify(List<CommitList> candidates)
    {
        foreach (var list in candidates.Where(_ => _listVotes.Count >= _ceremony.Receivers.Parameters.CertificateQuorum))
        {
            var votes = _listVotes.Values.SelectMany(votes => votes).Where(vote => vote.IsFor(DealingCeremony.ListKind, _ceremony.Binding, list.Digest(_ceremony), _ceremony.Receivers));
            if (!CertifiedList.Of(_ceremony, list, QuorumCertificate.Of(list.Digest(_ceremony), votes)).Is(out var certified, out _)) continue;
            _certified = certified;
            if (Receiver is { } me) _receiver = new DealingReceiver(_ceremony, me, certified);
            if (_committed is { } dealer && dealer.Reveal(certified, _signer).Is(out var revealed, out _)) _revealed = revealed;
            if (_revealed is not null) Deal();
            foreach (var dealing in _early.Values.SelectMany(dealings => dealings)) AddDealing(dealing);
            _early.Clear();
            return;
        }
    }

    private void Deal()
    {
        Say(DealingOutputKind.Dealing, _revealed!.Dealing.ToBytes());
        if (_receiver is not { } receiver || Result is not null) return;
        AddDealing(_revealed.Dealing);
        using var own = _revealed.ShareFor(receiver.Index);
        receiver.TakeShare(_revealed.Index, own);
    }

    private void AddDealing(SignedMessage dealing)
    {
        if (!_receiver!.Take(dealing).Is(out _, out var fault)) Blame(fault, _commits.GetValueOrDefault(dealing.From), dealing);
    }

    private void TakeShares()
    {
        foreach (var dealer in _shares.Keys.Where(_receiver!.Knows).ToArray())
        {
            if (!_shares.Remove(dealer, out var share)) continue;
            using (share)
            {
                if (!_receiver.TakeShare(dealer, share) && _complained.Add(dealer)) Say(DealingOutputKind.Complaint, _receiver.Complain(dealer, _signer).ToBytes());
            }
        }
    }

    private void Acknowledge(bool afterDeadline)
    {
        var held = _receiver!.Holding.Count;

        // After the first time at once: what it says it holds is what it holds.
        if (Result is not null || held <= _acknowledged || (!afterDeadline && _acknowledged == 0 && !Expected.All(_receiver.Holds))) return;
        _acknowledged = held;
        if (_progress == DealingProgress.None) _progress = DealingProgress.Gathered;
        var acknowledgement = _receiver.Acknowledge(_signer);
        _acknowledgements.Add(acknowledgement);
        Say(DealingOutputKind.Acknowledgement, acknowledgement.ToBytes());
    }

    private void Conclude(DealingProposal? proposal)
    {
        if (Result is not null) return;
        var all = Expected;
        var everybody = _ceremony.Receivers.Parameters.Parties;
        var dealers = all.All(dealer => _receiver!.IsAcknowledged(dealer, _acknowledgements, everybody)) ? all : (proposal as DealingProposal.Version)?.Dealers;
        if (dealers is null) return;
        if (_receiver!.Conclude(dealers, _acknowledgements).Is(out var share, out var fault)) (Result, Starved, _progress) = (share, null, DealingProgress.Decided);
        else if (proposal is DealingProposal.Version) Starved = fault is ProtocolFault.Missing && _receiver.Agree(dealers, _acknowledgements).Is(out var key, out _) ? key : null;
    }
}
