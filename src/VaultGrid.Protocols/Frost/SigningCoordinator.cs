namespace VaultGrid.Protocols.Frost;

/// <summary>
/// Gets one signature out of n parties of which f + 1 are honest and answer, whatever the others do (after ROAST: Ruffing, Ronge, Jin, Schneider-Bensch, Schröder,
/// 2022). Pure: what happened goes in, what to do next comes out. Not trusted: it holds no secret and can forge nothing.
/// </summary>
/// <remarks>
/// A party has one unanswered package at a time; whoever answers with a good share and a fresh commitment may be used again. So a party that stays silent
/// blocks one session only, and there are at most n − f of them before one finishes. Asking begins with f + 1 parties; the first silence or bad share widens it to all.
/// </remarks>
public sealed class SigningCoordinator
{
    private readonly SigningKey _key;
    private readonly byte[] _message;
    private readonly List<PartyIndex> _notAsked;
    private readonly HashSet<PartyIndex> _asked = [];
    private readonly SortedDictionary<PartyIndex, NonceCommitment> _ready = [];
    private readonly Dictionary<PartyIndex, int> _busy = [];
    private readonly Dictionary<PartyIndex, ProtocolFault> _faults = [];
    private readonly HashSet<PartyIndex> _slow = [];
    private readonly HashSet<NonceCommitment> _seen = [];
    private readonly List<(SigningSession Session, Dictionary<PartyIndex, SignatureShare> Shares)> _sessions = [];
    private bool _finished;

    /// <param name="key">The key that signs.</param>
    /// <param name="message">What.</param>
    /// <param name="preferred">Whom to ask first, nearest or best stocked first; holders left out are asked last.</param>
    public SigningCoordinator(SigningKey key, ReadOnlySpan<byte> message, IReadOnlyCollection<PartyIndex>? preferred = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        (_key, _message) = (key, message.ToArray());
        var holders = key.Shared.Parameters.Indices;
        _notAsked = [.. (preferred ?? holders).Where(key.Shared.Parameters.Has).Concat(holders).Distinct()];
    }

    /// <summary>Who sent something wrong, and what.</summary>
    public IReadOnlyCollection<ProtocolFault> Faults => _faults.Values;

    /// <summary>Who has let a time-out pass. Not a proof of anything.</summary>
    public IReadOnlyCollection<PartyIndex> Slow => _slow;

    /// <summary>The first parties to ask.</summary>
    public IReadOnlyList<SigningAction> Start() => Ask(_key.Shared.Parameters.Signers);

    /// <summary>A party's commitment has come, asked for or out of its pool.</summary>
    public IReadOnlyList<SigningAction> Committed(NonceCommitment commitment)
    {
        ArgumentNullException.ThrowIfNull(commitment);
        var party = commitment.Party;
        if (_finished || !_key.Shared.Parameters.Has(party) || _faults.ContainsKey(party) || _busy.ContainsKey(party)) return [];
        if (commitment.Hiding.IsIdentity || commitment.Binding.IsIdentity || commitment.Hiding.Group != _key.Suite.Group)
            return Exclude(new ProtocolFault.Cheated(party, ProtocolCheck.Encoding), party);
        // A message that arrives once more would put a used nonce into a package, which its owner has to refuse.
        if (!_seen.Add(commitment)) return [];
        Admit(party);
        _ready[party] = commitment;
        return Open();
    }

    /// <summary>A signer's share has come, with a commitment for another session if one is needed.</summary>
    /// <param name="session">The session that it answers.</param>
    /// <param name="share">The share.</param>
    /// <param name="next">A fresh commitment, or null where the signer doesn't offer one.</param>
    public IReadOnlyList<SigningAction> Signed(int session, SignatureShare share, NonceCommitment? next = null)
    {
        ArgumentNullException.ThrowIfNull(share);
        if (_finished || _faults.ContainsKey(share.Party) || !_busy.TryGetValue(share.Party, out var current) || current != session) return [];
        var (signing, shares) = _sessions[session];
        if (signing.Check(share) is { } fault) return Exclude(fault, share.Party);

        _busy.Remove(share.Party);
        shares.Add(share.Party, share);
        if (shares.Count == signing.Package.Commitments.Count)
        {
            _finished = true;
            return signing.Aggregate(shares.Values).Is(out var signature, out var withheld)
                ? [new SigningAction.Finished(signature)]
                : [new SigningAction.Impossible([withheld])];
        }
        if (next is not null && next.Party == share.Party) return Committed(next);
        var isStuck = signing.Package.Signers.Any(signer => _faults.ContainsKey(signer) || (_slow.Contains(signer) && !shares.ContainsKey(signer)));
        return isStuck ? [new SigningAction.AskForCommitment(share.Party)] : [];
    }

    /// <summary>A party refused, or what it sent could not be read: it is not asked again for this signature.</summary>
    public IReadOnlyList<SigningAction> Failed(PartyIndex party, ProtocolFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return _finished || _faults.ContainsKey(party) ? [] : Exclude(fault, party);
    }

    /// <summary>A party has not answered in time. It stays welcome; meanwhile everybody else is asked.</summary>
    public IReadOnlyList<SigningAction> TimedOut(PartyIndex party)
    {
        if (_finished) return [];
        _slow.Add(party);
        return [.. Ask(int.MaxValue), .. Wanted()];
    }

    private SigningAction[] Ask(int count)
    {
        var next = _notAsked.Take(count).ToArray();
        foreach (var party in next) Admit(party);
        return [.. next.Select(party => new SigningAction.AskForCommitment(party))];
    }

    // Whoever gave a share to a session that now waits for somebody silent is asked for a new commitment, if it offered none.
    private IEnumerable<SigningAction> Wanted() => _asked
        .Where(party => !_slow.Contains(party) && !_busy.ContainsKey(party) && !_ready.ContainsKey(party) && !_faults.ContainsKey(party) && HasSigned(party))
        .Order().Select(party => new SigningAction.AskForCommitment(party));

    private bool HasSigned(PartyIndex party) => _sessions.Any(s => s.Shares.ContainsKey(party));

    private void Admit(PartyIndex party)
    {
        _notAsked.Remove(party);
        _asked.Add(party);
    }

    private SigningAction[] Exclude(ProtocolFault fault, PartyIndex party)
    {
        _faults.TryAdd(party, fault);
        _busy.Remove(party);
        _ready.Remove(party);
        Admit(party);
        if (_key.Shared.Parameters.Parties - _faults.Count >= _key.Shared.Parameters.Signers) return [.. Ask(int.MaxValue), .. Wanted()];
        _finished = true;
        return [new SigningAction.Impossible([.. _faults.Values])];
    }

    private SigningAction[] Open()
    {
        if (_ready.Count < _key.Shared.Parameters.Signers) return [];
        var chosen = _ready.Values.ToArray();
        _ready.Clear();

        // Only commitments that cancel out are refused here: nobody's fault by itself, so new ones are asked for.
        if (!SigningSession.Of(_key, SigningPackage.Of(_message, chosen)).Is(out var session, out _))
            return [.. chosen.Select(c => new SigningAction.AskForCommitment(c.Party))];
        _sessions.Add((session, []));
        foreach (var commitment in chosen) _busy.Add(commitment.Party, _sessions.Count - 1);
        return [.. chosen.Select(c => new SigningAction.AskForShare(_sessions.Count - 1, c.Party, session.Package))];
    }
}
