namespace VaultGrid.Protocols.Tests.Dealing;

/// <summary>
/// Puts a simulated ceremony's public messages together: which list and which transcript to propose, and their certificates. Nobody is trusted with it:
/// every party checks what it votes for, and votes once. Proposals are frozen when first made.
/// </summary>
internal sealed class DealingAssembly(DealingCeremony ceremony)
{
    private readonly SortedDictionary<PartyIndex, SignedMessage> _commits = [];
    private readonly SortedDictionary<PartyIndex, SignedMessage> _dealings = [];
    private readonly Dictionary<PartyIndex, SortedDictionary<PartyIndex, Vote>> _acks = [];
    private readonly HashSet<(PartyIndex Dealer, PartyIndex Receiver)> _disputes = [];
    private readonly SortedDictionary<PartyIndex, Vote> _listVotes = [];
    private readonly SortedDictionary<PartyIndex, Vote> _transcriptVotes = [];
    private readonly Dictionary<PartyIndex, ProtocolFault> _faults = [];
    private CommitList? _list;
    private CertifiedList? _certified;
    private DealingTranscript? _transcript;

    /// <summary>Who was caught, with the evidence.</summary>
    public IReadOnlyCollection<ProtocolFault> Faults => _faults.Values;

    /// <summary>The certified list, once enough votes are there.</summary>
    public CertifiedList? Certified => _certified ??= _list is { } list
        && CertifiedList.Of(ceremony, list, QuorumCertificate.Of(list.Digest(ceremony), _listVotes.Values)).Is(out var certified, out _) ? certified : null;

    /// <summary>The certificate of the transcript, once enough votes are there.</summary>
    public QuorumCertificate? Certificate =>
        _transcript is not null && _transcriptVotes.Count >= ceremony.Receivers.Parameters.CertificateQuorum
            ? QuorumCertificate.Of(_transcript.Hash(ceremony), _transcriptVotes.Values)
            : null;

    /// <summary>Complaints whose dealer has not opened the share yet.</summary>
    public IReadOnlyCollection<(PartyIndex Dealer, PartyIndex Receiver)> OpenDisputes => _disputes;

    /// <summary>Adds a commitment (new keys).</summary>
    public bool AddCommit(SignedMessage message)
    {
        return message.Body.Length == Hash256.Length && message.IsSigned(DealingCeremony.CommitKind, ceremony.Binding, ceremony.Dealers) && AddOnce(_commits, message);
    }

    /// <summary>The list to vote for: of all dealers, or after the deadline of those that are there, if they are enough.</summary>
    public CommitList? ProposeList(bool afterDeadline)
    {
        var needed = afterDeadline ? ceremony.DealerQuorum : ceremony.Dealers.Parameters.Parties;
        var commits = _commits.Where(pair => !_faults.ContainsKey(pair.Key)).Select(pair => pair.Value).ToArray();
        return _list ??= commits.Length >= needed ? CommitList.Of(commits) : null;
    }

    /// <summary>Adds a vote for the proposed list.</summary>
    public bool AddListVote(Vote vote)
    {
        return _list is not null && vote.IsFor(DealingCeremony.ListKind, ceremony.Binding, _list.Digest(ceremony), ceremony.Receivers) && _listVotes.TryAdd(vote.From, vote);
    }

    /// <summary>Adds a dealing.</summary>
    public bool AddDealing(SignedMessage message)
    {
        if (DealingBody.Open(ceremony, Certified, message).Fault is not { } fault) return AddOnce(_dealings, message);
        if (fault.Culprits.Count > 0) _faults.TryAdd(message.From, fault);
        return false;
    }

    /// <summary>Adds a receiver's vote for a dealing.</summary>
    public bool AddAcknowledgement(PartyIndex dealer, Vote vote)
    {
        if (!_dealings.TryGetValue(dealer, out var dealing)
            || !vote.IsFor(DealingCeremony.AckKind, ceremony.Binding, DealingBody.Digest(ceremony, dealer, dealing.Body.Span), ceremony.Receivers)) return false;
        _disputes.Remove((dealer, vote.From));
        if (!_acks.TryGetValue(dealer, out var votes)) _acks.Add(dealer, votes = []);
        return votes.TryAdd(vote.From, vote);
    }

    /// <summary>Adds a complaint, which the dealer is to answer.</summary>
    public bool AddComplaint(PartyIndex dealer, SignedMessage complaint)
    {
        return _dealings.TryGetValue(dealer, out var dealing)
            && Complaint.Is(ceremony, complaint, dealer, DealingBody.Digest(ceremony, dealer, dealing.Body.Span))
            && !(_acks.TryGetValue(dealer, out var votes) && votes.ContainsKey(complaint.From))
            && _disputes.Add((dealer, complaint.From));
    }

    /// <summary>Adds a dealer's opening: it settles the dispute, or convicts the dealer.</summary>
    public bool AddOpening(SignedMessage opening)
    {
        if (!_dealings.TryGetValue(opening.From, out var dealing) || !opening.IsSigned(DealingCeremony.OpeningKind, ceremony.Binding, ceremony.Dealers)) return false;
        if (DealingEvidence.OfOpening(ceremony, Certified, dealing, opening) is { } fault)
        {
            _faults.TryAdd(opening.From, fault);
            return false;
        }
        return ShareOpening.Read(ceremony.Group, opening.Body.Span) is { } read && _disputes.Remove((opening.From, read.Receiver));
    }

    /// <summary>
    /// The transcript to vote for: every dealer with every receiver's vote, or after the deadline those with a quorum's votes and no open dispute.
    /// </summary>
    /// <returns>The transcript, or who is missing: dealers whose dealing or answer is, receivers whose vote is.</returns>
    public StepResult<DealingTranscript> ProposeTranscript(bool afterDeadline)
    {
        if (_transcript is { } frozen) return frozen;
        var (dealers, receivers) = (ceremony.Dealers.Parameters, ceremony.Receivers.Parameters);
        var expected = Certified?.List.Commits.Select(m => m.From).ToArray() ?? [.. dealers.Indices];
        var votesNeeded = afterDeadline ? receivers.CertificateQuorum : receivers.Parties;
        var good = expected.Where(dealer => !_faults.ContainsKey(dealer)
            && _acks.TryGetValue(dealer, out var votes) && votes.Count >= votesNeeded && !_disputes.Any(d => d.Dealer == dealer)).ToArray();
        var haveDealt = ceremony.Kind != DealingKind.Reshare || _dealings.Count >= ceremony.DealerQuorum;
        if (!haveDealt || good.Length < (afterDeadline ? ceremony.MinimumDealers : expected.Length))
        {
            if (_faults.Count > 0 && afterDeadline) return _faults.Values.First();
            return new ProtocolFault.Missing(Awaited(expected.Except(good)));
        }
        return _transcript = DealingTranscript.Of(good.Select(dealer =>
            (_dealings[dealer], QuorumCertificate.Of(DealingBody.Digest(ceremony, dealer, _dealings[dealer].Body.Span), _acks[dealer].Values))));
    }

    /// <summary>Adds a vote for the proposed transcript.</summary>
    public bool AddTranscriptVote(Vote vote)
    {
        return _transcript is not null
            && vote.IsFor(DealingCeremony.TranscriptKind, ceremony.Binding, _transcript.Hash(ceremony), ceremony.Receivers) && _transcriptVotes.TryAdd(vote.From, vote);
    }

    // A dealer is awaited if its dealing or an opening of it is, else the receivers whose votes for it are.
    private IReadOnlyList<PartyIndex> Awaited(IEnumerable<PartyIndex> dealers)
    {
        var awaited = new SortedSet<PartyIndex>();
        foreach (var dealer in dealers)
        {
            if (!_dealings.ContainsKey(dealer) || _disputes.Any(d => d.Dealer == dealer)) awaited.Add(dealer);
            else awaited.UnionWith(ceremony.Receivers.Parameters.Indices.Where(r => !(_acks.TryGetValue(dealer, out var votes) && votes.ContainsKey(r))));
        }
        return [.. awaited];
    }

    private bool AddOnce(SortedDictionary<PartyIndex, SignedMessage> messages, SignedMessage message)
    {
        if (messages.TryAdd(message.From, message)) return true;
        if (!messages[message.From].SaysTheSameAs(message))
            _faults.TryAdd(message.From, new ProtocolFault.Equivocated(message.From, messages[message.From], message));
        return false;
    }
}
