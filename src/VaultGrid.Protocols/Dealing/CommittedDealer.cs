using VaultGrid.Protocols.Encoding;

namespace VaultGrid.Protocols;

/// <summary>A dealer of a new key that has committed to its dealing and waits for the list of all commitments.</summary>
public sealed class CommittedDealer : IDisposable
{
    private readonly DealingCeremony _ceremony;
    private readonly byte[] _body;
    private SecretPolynomial? _polynomial;
    private Hash256? _voted;

    private CommittedDealer(DealingCeremony ceremony, PartyIndex me, byte[] body, SecretPolynomial polynomial, SignedMessage commit, Hash256? voted) =>
        (_ceremony, Index, _body, _polynomial, Commit, _voted) = (ceremony, me, body, polynomial, commit, voted);

    /// <summary>This dealer.</summary>
    public PartyIndex Index { get; }

    /// <summary>Round 1: for everybody.</summary>
    public SignedMessage Commit { get; }

    /// <summary>Draws the polynomial and commits to it.</summary>
    public static CommittedDealer Start(DealingCeremony ceremony, PartyIndex me, IStatementSigner signer)
    {
        ArgumentNullException.ThrowIfNull(ceremony);
        ArgumentNullException.ThrowIfNull(signer);
        if (ceremony.Kind != DealingKind.Generate) throw new ArgumentException("Only the dealers of a new key commit first.", nameof(ceremony));
        var polynomial = SecretPolynomial.Random(ceremony.Group, ceremony.Degree);
        var body = DealingBody.Write(ceremony, me, polynomial);
        var commit = SignedMessage.Sign(DealingCeremony.CommitKind, ceremony.Binding, me, DealingBody.Digest(ceremony, me, body).AsSpan().ToArray(), signer);
        return new(ceremony, me, body, polynomial, commit, null);
    }

    /// <summary>Votes for the list of commitments: for one only, however often it is asked.</summary>
    /// <returns>The vote; refused: a list that is not valid, that holds another commitment of ours, or a second one (<see cref="RefusalCode.StateConflict"/>).</returns>
    public StepResult<Vote> VoteFor(CommitList list, IStatementSigner signer)
    {
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(signer);
        if (list.Check(_ceremony) is { } refusal) return refusal;
        if (list.Find(Index) is { } mine && mine != new Hash256(Commit.Body.Span))
            return new Refusal(RefusalCode.StateConflict, "the list holds another commitment of this party than the one that it made");
        var digest = list.Digest(_ceremony);
        if (_voted is { } earlier && earlier != digest) return new Refusal(RefusalCode.StateConflict, "this party has voted for another list of commitments");
        _voted = digest;
        return Vote.Sign(DealingCeremony.ListKind, _ceremony.Binding, Index, digest, signer);
    }

    /// <summary>Round 2: reveals what was committed to, now that no commitment can be added. Takes the polynomial.</summary>
    public StepResult<RevealedDealer> Reveal(CertifiedList list, IStatementSigner signer)
    {
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(signer);
        if (list.List.Find(Index) != new Hash256(Commit.Body.Span))
            return new Refusal(RefusalCode.StateConflict, "the certified list doesn't hold this party's commitment, so it deals nothing");
        if (Interlocked.Exchange(ref _polynomial, null) is not { } polynomial)
            return new Refusal(RefusalCode.StateConflict, "this dealer has revealed its dealing before");
        return new RevealedDealer(_ceremony, Index, polynomial, SignedMessage.Sign(DealingCeremony.DealingMessageKind, _ceremony.Binding, Index, _body, signer));
    }

    /// <summary>The state, for sealing; null after <see cref="Reveal"/>. A restart goes on with the same polynomial.</summary>
    public SavedState? Save()
    {
        if (_polynomial is not { } polynomial) return null;
        var writer = new CanonicalWriter().Party(Index).Bytes(_body);
        SignedMessage.Write(writer, Commit);
        return new SavedState(writer.Byte(_voted is null ? 0 : 1).Hash(_voted ?? default).ToArray(), polynomial.ToSecret());
    }

    /// <summary>Goes on from a saved state.</summary>
    public static Outcome<CommittedDealer> Restore(DealingCeremony ceremony, SavedState state)
    {
        ArgumentNullException.ThrowIfNull(ceremony);
        ArgumentNullException.ThrowIfNull(state);
        var reader = new CanonicalReader(state.PublicPart.Span);
        var (me, body) = (reader.Party(), reader.Bytes(SignedMessage.MaximumBody));
        var commit = SignedMessage.Read(ref reader);
        var (hasVoted, voted) = (reader.Byte(), reader.Hash());
        if (!reader.Ended) return new Refusal(RefusalCode.StoreTampered, "the saved state of a dealer can't be read");
        return SecretPolynomial.FromSecret(ceremony.Group, ceremony.Degree, state.SecretPart)
            .Then<CommittedDealer>(polynomial => new CommittedDealer(ceremony, me, body, polynomial, commit, hasVoted == 1 ? voted : null));
    }

    /// <summary>Wipes the polynomial if it was not taken.</summary>
    public void Dispose() => Interlocked.Exchange(ref _polynomial, null)?.Dispose();

    /// <summary>Always the same text.</summary>
    public override string ToString() => "CommittedDealer(redacted)";
}
