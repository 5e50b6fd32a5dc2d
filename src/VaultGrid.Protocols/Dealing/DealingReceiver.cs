using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.Encoding;

namespace VaultGrid.Protocols;

/// <summary>A receiver of shares: echoes good dealings, complains about bad shares, and votes for one transcript.</summary>
public sealed class DealingReceiver : IDisposable
{
    private readonly DealingCeremony _ceremony;
    private readonly CertifiedList? _list;
    private readonly KeyShare? _previous;
    private readonly SortedDictionary<PartyIndex, ReceivedDealing> _dealings = [];
    private Hash256? _voted;

    /// <param name="ceremony">What is agreed.</param>
    /// <param name="me">This receiver's new index.</param>
    /// <param name="list">The certified commitments; for a new key, and only then.</param>
    /// <param name="previous">This party's share of the version in force; for a refresh, and only then. It is copied.</param>
    public DealingReceiver(DealingCeremony ceremony, PartyIndex me, CertifiedList? list = null, KeyShare? previous = null)
    {
        ArgumentNullException.ThrowIfNull(ceremony);
        if (!ceremony.Receivers.Parameters.Has(me)) throw new ArgumentOutOfRangeException(nameof(me), me, "Not a receiver.");
        if ((list is not null) != (ceremony.Kind == DealingKind.Generate)) throw new ArgumentException("A new key, and only that, has a certified list.", nameof(list));
        if ((previous is not null) != (ceremony.Kind == DealingKind.Refresh) || (previous is not null && (previous.Index != me || !previous.Key.Equals(ceremony.Previous))))
            throw new ArgumentException("A refresh, and only that, needs this party's share of the version in force.", nameof(previous));
        (_ceremony, Index, _list, _previous) = (ceremony, me, list, previous?.Clone());
    }

    /// <summary>This receiver.</summary>
    public PartyIndex Index { get; }

    /// <summary>The dealers whose dealing and share are good.</summary>
    public IReadOnlyList<PartyIndex> Holding => [.. _dealings.Where(pair => pair.Value.Share is not null).Select(pair => pair.Key)];

    /// <summary>Checks a dealing (signature, commitment, degree, constant term, proof) and then the share that came with it.</summary>
    /// <param name="dealing">What the dealer told everybody.</param>
    /// <param name="share">What it sealed to us; null if that could not be opened. It belongs to this receiver from now on.</param>
    /// <param name="signer">This party's key.</param>
    /// <returns>A vote or a complaint; a fault that names a dealer whose dealing is wrong, or who signed two.</returns>
    public StepResult<DealingAnswer> Receive(SignedMessage dealing, SecretBytes? share, IStatementSigner signer)
    {
        ArgumentNullException.ThrowIfNull(dealing);
        ArgumentNullException.ThrowIfNull(signer);
        using (share)
        {
            if (!Take(dealing).Is(out _, out var fault)) return fault;
            if (share is not null) TakeShare(dealing.From, share);
            var digest = _dealings[dealing.From].Digest;
            return Holds(dealing.From)
                ? new DealingAnswer.Acknowledged(dealing.From, digest, Acknowledge(digest, signer))
                : new DealingAnswer.Complained(dealing.From, Complain(dealing.From, signer));
        }
    }

    /// <summary>Checks a dealing: signature, commitment, degree, constant term, proof.</summary>
    /// <returns>A fault that names a dealer whose dealing is wrong, or who signed two.</returns>
    public StepResult<Done> Take(SignedMessage dealing)
    {
        ArgumentNullException.ThrowIfNull(dealing);
        if (_dealings.TryGetValue(dealing.From, out var known) && known.Dealing.SaysTheSameAs(dealing)) return new Done();
        if (!DealingBody.Open(_ceremony, _list, dealing).Is(out var body, out var fault)) return fault;
        if (known is not null) return new ProtocolFault.Equivocated(dealing.From, known.Dealing, dealing);
        _dealings.Add(dealing.From, new ReceivedDealing(dealing, body.Commitment, DealingBody.Digest(_ceremony, dealing.From, dealing.Body.Span)));
        return new Done();
    }

    /// <summary>Checks a share of a dealing that is here. A share that was good before stays: a second, bad one changes nothing.</summary>
    /// <param name="dealer">Whose dealing.</param>
    /// <param name="share">What it sealed to us; stays the caller's.</param>
    /// <returns>True if a good share is here now.</returns>
    public bool TakeShare(PartyIndex dealer, SecretBytes share)
    {
        ArgumentNullException.ThrowIfNull(share);
        if (!_dealings.TryGetValue(dealer, out var known)) return false;
        known.Share ??= Fitting(share, known.Commitment);
        return known.Share is not null;
    }

    /// <summary>True if a dealing of this dealer is here.</summary>
    public bool Knows(PartyIndex dealer) => _dealings.ContainsKey(dealer);

    /// <summary>Its dealing, where it is here.</summary>
    internal SignedMessage? DealingOf(PartyIndex dealer) => _dealings.GetValueOrDefault(dealer)?.Dealing;

    /// <summary>True if its dealing and a good share of it are here.</summary>
    public bool Holds(PartyIndex dealer) => _dealings.TryGetValue(dealer, out var known) && known.Share is not null;

    /// <summary>Complains about the share that came with a dealing that is here.</summary>
    internal SignedMessage Complain(PartyIndex dealer, IStatementSigner signer) => Complaint.Make(_ceremony, Index, dealer, _dealings[dealer].Digest, signer);

    /// <summary>Acknowledges all dealings whose shares are here.</summary>
    public Acknowledgement Acknowledge(IStatementSigner signer)
    {
        ArgumentNullException.ThrowIfNull(signer);
        return Acknowledgement.Sign(_ceremony, Index, [.. _dealings.Where(pair => pair.Value.Share is not null).Select(pair => (pair.Key, pair.Value.Digest))], signer);
    }

    /// <summary>True if so many receivers have acknowledged the dealing that is here.</summary>
    internal bool IsAcknowledged(PartyIndex dealer, IEnumerable<Acknowledgement> acknowledgements, int receivers) =>
        _dealings.TryGetValue(dealer, out var known)
        && acknowledgements.Where(ack => ack.Covers(dealer, known.Digest)).Select(ack => ack.From).Distinct().Count() >= receivers;

    /// <summary>The public side of the version that these dealers' dealings make, if one quorum of receivers has acknowledged all of them: f + 1 honest ones hold every share then.</summary>
    /// <returns>Refused: too few dealers, dealings that are not here, no such quorum, or another set than this party has voted for (<see cref="RefusalCode.StateConflict"/>).</returns>
    internal StepResult<SharedKey> Agree(IReadOnlyCollection<PartyIndex> dealers, IReadOnlyCollection<Acknowledgement> acknowledgements)
    {
        PartyIndex[] chosen = [.. dealers.Distinct().Order()];
        if (chosen.Length < _ceremony.MinimumDealers || !chosen.All(_dealings.ContainsKey))
            return new Refusal(RefusalCode.InputMalformed, $"a version needs {_ceremony.MinimumDealers} dealings that are here, not {chosen.Count(_dealings.ContainsKey)}");
        if (HaveNotDealt() is { } few) return few;
        var echoed = acknowledgements.GroupBy(ack => ack.From).Count(said => chosen.All(dealer => said.Any(ack => ack.Covers(dealer, _dealings[dealer].Digest))));
        if (echoed < _ceremony.Receivers.Parameters.CertificateQuorum)
            return new Refusal(RefusalCode.InputMalformed, $"{echoed} receivers have acknowledged all of these dealings, and they are no quorum");
        var hash = DealingTranscript.HashOf(_ceremony, [.. chosen.Select(dealer => (dealer, _dealings[dealer].Digest))]);
        return _voted is null || _voted == hash ? KeyOf(hash, chosen) : new Refusal(RefusalCode.StateConflict, "this party has voted for another version");
    }

    /// <summary>Computes the new share from these dealers' dealings, if a quorum agrees with them; for one set of dealings only, however often it is asked.</summary>
    /// <param name="dealers">Whose dealings count.</param>
    /// <param name="acknowledgements">The receivers' acknowledgements, their signatures verified.</param>
    /// <returns>
    /// The share, which the caller seals before it tells anybody; refused: too few dealers, dealings without a quorum's acknowledgements, or a second set
    /// (<see cref="RefusalCode.StateConflict"/>); <see cref="ProtocolFault.Missing"/>: dealers whose share has not arrived here.
    /// </returns>
    internal StepResult<KeyShare> Conclude(IReadOnlyCollection<PartyIndex> dealers, IReadOnlyCollection<Acknowledgement> acknowledgements)
    {
        if (!Agree(dealers, acknowledgements).Is(out var key, out var fault)) return fault;
        PartyIndex[] chosen = [.. dealers.Distinct().Order()];
        var missing = chosen.Where(dealer => !Holds(dealer)).ToArray();
        if (missing.Length > 0) return new ProtocolFault.Missing(missing);
        if (!KeyShare.Of(Index, key, Combine(chosen)).Is(out var share, out var wrong)) return wrong;
        _voted = key.Transcript;
        return share;
    }

    /// <summary>True if this party may vote for a version whose share others repaired for it; from then on for no other.</summary>
    internal bool Decide(Hash256 transcript)
    {
        if (_voted is { } earlier && earlier != transcript) return false;
        _voted = transcript;
        return true;
    }

    /// <summary>Checks a share that its dealer opened to everybody, and takes it if it is this party's.</summary>
    /// <returns>The vote for a dealing that was disputed by us; a fault that names a dealer who opened something else than a share.</returns>
    public StepResult<DealingAnswer> ReceiveOpening(SignedMessage opening, IStatementSigner signer)
    {
        ArgumentNullException.ThrowIfNull(opening);
        ArgumentNullException.ThrowIfNull(signer);
        if (!_dealings.TryGetValue(opening.From, out var known)) return new ProtocolFault.Missing([opening.From]);
        if (DealingEvidence.OfOpening(_ceremony, _list, known.Dealing, opening) is { } fault) return fault;
        var digest = DealingBody.Digest(_ceremony, opening.From, known.Dealing.Body.Span);
        if (!opening.IsSigned(DealingCeremony.OpeningKind, _ceremony.Binding, _ceremony.Dealers)
            || ShareOpening.Read(_ceremony.Group, opening.Body.Span) is not { } read || read.Receiver != Index || read.Digest != digest)
            return new Refusal(RefusalCode.InputMalformed, "this does not open this party's share of a dealing that it knows");
        known.Share ??= _ceremony.Group.DecodeSecret(SecretBytes.Take(read.Share.Bytes.ToArray())).Value;
        return new DealingAnswer.Acknowledged(opening.From, digest, Acknowledge(digest, signer));
    }

    /// <summary>Votes for the transcript, for one only, and computes the new share from its dealings.</summary>
    /// <returns>
    /// The closed state; refused: a transcript that is not valid, or a second one (<see cref="RefusalCode.StateConflict"/>);
    /// <see cref="ProtocolFault.Missing"/>: dealers whose share has not arrived here, so this party can't vote (it may repair its share afterwards).
    /// </returns>
    public StepResult<ClosedReceiver> Close(DealingTranscript transcript, IStatementSigner signer)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        ArgumentNullException.ThrowIfNull(signer);
        if (transcript.Check(_ceremony) is { } refusal) return refusal;
        var hash = transcript.Hash(_ceremony);
        if (_voted is { } earlier && earlier != hash) return new Refusal(RefusalCode.StateConflict, "this party has voted for another transcript");

        if (HaveNotDealt() is { } few) return few;
        var missing = transcript.Dealings.Select(d => d.Dealing.From).Where(dealer => !_dealings.TryGetValue(dealer, out var known) || known.Share is null).ToArray();
        if (missing.Length > 0) return new ProtocolFault.Missing(missing);
        foreach (var (dealing, _) in transcript.Dealings)
            if (!_dealings[dealing.From].Dealing.SaysTheSameAs(dealing))
                return new ProtocolFault.Equivocated(dealing.From, _dealings[dealing.From].Dealing, dealing);

        if (!Compute(hash, [.. transcript.Dealings.Select(d => d.Dealing.From)]).Is(out var share, out var wrong)) return wrong;
        _voted = hash;
        return new ClosedReceiver(_ceremony, share, Vote.Sign(DealingCeremony.TranscriptKind, _ceremony.Binding, Index, hash, signer));
    }

    /// <summary>The state, for sealing: what was received, and which transcript was voted for.</summary>
    public SavedState Save()
    {
        var writer = new CanonicalWriter().Party(Index).Byte(_voted is null ? 0 : 1).Hash(_voted ?? default);
        writer.List(_dealings.Values, (w, received) =>
        {
            SignedMessage.Write(w, received.Dealing);
            w.Byte(received.Share is null ? 0 : 1);
        });
        using var secrets = new SecretBuffer();
        foreach (var received in _dealings.Values) received.Share?.WriteTo(secrets);
        return new SavedState(writer.ToArray(), secrets.ToSecret());
    }

    /// <summary>Goes on from a saved state; the other arguments as for a new receiver.</summary>
    public static Outcome<DealingReceiver> Restore(DealingCeremony ceremony, SavedState state, CertifiedList? list = null, KeyShare? previous = null)
    {
        ArgumentNullException.ThrowIfNull(ceremony);
        ArgumentNullException.ThrowIfNull(state);
        var unreadable = new Refusal(RefusalCode.StoreTampered, "the saved state of a receiver can't be read");
        var reader = new CanonicalReader(state.PublicPart.Span);
        var (me, hasVoted, voted) = (reader.Party(), reader.Byte(), reader.Hash());
        var saved = reader.List((ref CanonicalReader r) => (Dealing: SignedMessage.Read(ref r), HasShare: r.Byte() == 1));
        if (!reader.Ended || saved.Count(item => item.HasShare) * PrimeGroup.ScalarLength != state.SecretPart.Length) return unreadable;

        var receiver = new DealingReceiver(ceremony, me, list, previous) { _voted = hasVoted == 1 ? voted : null };
        var at = 0;
        foreach (var (dealing, hasShare) in saved)
        {
            if (!DealingBody.Open(ceremony, list, dealing).Is(out var body, out _)) return unreadable;
            var received = new ReceivedDealing(dealing, body.Commitment, DealingBody.Digest(ceremony, dealing.From, dealing.Body.Span));
            if (hasShare)
            {
                using var bytes = state.SecretPart.Slice(at, PrimeGroup.ScalarLength);
                at += PrimeGroup.ScalarLength;
                if ((received.Share = receiver.Fitting(bytes, body.Commitment)) is null) return unreadable;
            }
            receiver._dealings.Add(dealing.From, received);
        }
        return receiver;
    }

    /// <summary>Wipes the shares.</summary>
    public void Dispose()
    {
        foreach (var received in _dealings.Values) received.Share?.Dispose();
        _previous?.Dispose();
    }

    /// <summary>Always the same text.</summary>
    public override string ToString() => "DealingReceiver(redacted)";

    private Vote Acknowledge(Hash256 digest, IStatementSigner signer) => Vote.Sign(DealingCeremony.AckKind, _ceremony.Binding, Index, digest, signer);

    private SecretScalar? Fitting(SecretBytes bytes, FeldmanCommitment commitment)
    {
        if (!_ceremony.Group.DecodeSecret(bytes.Clone()).Is(out var share, out _)) return null;
        if (commitment.Holds(Index, share)) return share;
        share.Dispose();
        return null;
    }

    private Refusal? HaveNotDealt() => _ceremony.Kind == DealingKind.Reshare && _dealings.Count < _ceremony.DealerQuorum
        ? new Refusal(RefusalCode.InputMalformed, $"{_dealings.Count} old holders have dealt, of {_ceremony.DealerQuorum} that have to")
        : null;

    private SharedKey KeyOf(Hash256 transcript, PartyIndex[] dealers) =>
        DealtKey.Of(_ceremony, transcript, dealers.ToDictionary(dealer => dealer, dealer => _dealings[dealer].Commitment));

    private StepResult<KeyShare> Compute(Hash256 transcript, PartyIndex[] dealers) =>
        KeyShare.Of(Index, KeyOf(transcript, dealers), Combine(dealers)).Is(out var share, out var wrong) ? share : wrong;

    // New key: Σ f_i(me). Refresh: old share + Σ f_i(me). Reshare: Σ λ_i·f_i(me), which interpolates the old sharing at 0.
    private SecretScalar Combine(IReadOnlyCollection<PartyIndex> dealers)
    {
        var sum = _previous?.Secret.Clone() ?? _ceremony.Group.DecodeSecret(SecretBytes.Take(_ceremony.Group.Zero.Bytes.ToArray())).Value;
        foreach (var dealer in dealers)
        {
            using var before = sum;
            using var term = _dealings[dealer].Share!.Multiply(DealtKey.Factor(_ceremony, dealers, dealer));
            sum = before.Add(term);
        }
        return sum;
    }

    private sealed class ReceivedDealing(SignedMessage dealing, FeldmanCommitment commitment, Hash256 digest)
    {
        public Hash256 Digest { get; } = digest;

        public SignedMessage Dealing { get; } = dealing;

        public FeldmanCommitment Commitment { get; } = commitment;

        public SecretScalar? Share { get; set; }
    }
}
