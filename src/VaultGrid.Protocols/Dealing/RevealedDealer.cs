using VaultGrid.Protocols.Encoding;

namespace VaultGrid.Protocols;

/// <summary>A dealer whose dealing is out: gives every receiver its share, as often as it takes, and opens a disputed one in public.</summary>
public sealed class RevealedDealer : IDisposable
{
    private readonly DealingCeremony _ceremony;
    private readonly SecretPolynomial _polynomial;

    internal RevealedDealer(DealingCeremony ceremony, PartyIndex me, SecretPolynomial polynomial, SignedMessage dealing) =>
        (_ceremony, Index, _polynomial, Dealing) = (ceremony, me, polynomial, dealing);

    /// <summary>This dealer.</summary>
    public PartyIndex Index { get; }

    /// <summary>For everybody.</summary>
    public SignedMessage Dealing { get; }

    /// <summary>A dealer of a refresh: a sharing of zero.</summary>
    public static RevealedDealer Refresh(DealingCeremony ceremony, PartyIndex me, IStatementSigner signer)
    {
        ArgumentNullException.ThrowIfNull(ceremony);
        if (ceremony.Kind != DealingKind.Refresh) throw new ArgumentException("The ceremony is not a refresh.", nameof(ceremony));
        return Start(ceremony, me, SecretPolynomial.OfZero(ceremony.Group, ceremony.Degree), signer);
    }

    /// <summary>A dealer of a resharing: a sharing of its own share.</summary>
    public static RevealedDealer Reshare(DealingCeremony ceremony, KeyShare share, IStatementSigner signer)
    {
        ArgumentNullException.ThrowIfNull(ceremony);
        ArgumentNullException.ThrowIfNull(share);
        if (ceremony.Kind != DealingKind.Reshare || !share.Key.Equals(ceremony.Previous))
            throw new ArgumentException("The ceremony doesn't reshare this version of this key.", nameof(ceremony));
        return Start(ceremony, share.Index, SecretPolynomial.WithConstant(share.Secret, ceremony.Degree), signer);
    }

    /// <summary>The share of one receiver, 32 bytes, to be sealed to its session key; the caller disposes of it. Asked again it is the same: a lost session key costs nothing.</summary>
    public SecretBytes ShareFor(PartyIndex receiver)
    {
        if (!_ceremony.Receivers.Parameters.Has(receiver)) throw new ArgumentOutOfRangeException(nameof(receiver), receiver, "Not a receiver.");
        using var share = _polynomial.Evaluate(receiver);
        return share.ToSecret();
    }

    /// <summary>
    /// Answers a receiver's signed complaint by opening its share to everybody. An honest dealer thereby tells the malicious only shares that they
    /// hold already, for honest receivers of a good share don't complain.
    /// </summary>
    public StepResult<SignedMessage> Open(SignedMessage complaint, IStatementSigner signer)
    {
        ArgumentNullException.ThrowIfNull(complaint);
        ArgumentNullException.ThrowIfNull(signer);
        var digest = DealingBody.Digest(_ceremony, Index, Dealing.Body.Span);
        if (!Complaint.Is(_ceremony, complaint, Index, digest)) return new Refusal(RefusalCode.InputMalformed, "this is not a receiver's complaint about this dealing");
        using var share = _polynomial.Evaluate(complaint.From);
        return SignedMessage.Sign(DealingCeremony.OpeningKind, _ceremony.Binding, Index, new ShareOpening(complaint.From, digest, share.Reveal()).ToBytes(), signer);
    }

    /// <summary>The state, for sealing. A restart goes on with the same polynomial.</summary>
    public SavedState Save()
    {
        var writer = new CanonicalWriter();
        SignedMessage.Write(writer, Dealing);
        return new SavedState(writer.ToArray(), _polynomial.ToSecret());
    }

    /// <summary>Goes on from a saved state.</summary>
    public static Outcome<RevealedDealer> Restore(DealingCeremony ceremony, SavedState state)
    {
        ArgumentNullException.ThrowIfNull(ceremony);
        ArgumentNullException.ThrowIfNull(state);
        if (!SignedMessage.Parse(state.PublicPart.Span).Is(out var dealing, out var refusal)) return refusal with { Code = RefusalCode.StoreTampered };
        return SecretPolynomial.FromSecret(ceremony.Group, ceremony.Degree, state.SecretPart)
            .Then<RevealedDealer>(polynomial => new RevealedDealer(ceremony, dealing.From, polynomial, dealing));
    }

    /// <summary>Wipes the polynomial.</summary>
    public void Dispose() => _polynomial.Dispose();

    /// <summary>Always the same text.</summary>
    public override string ToString() => "RevealedDealer(redacted)";

    private static RevealedDealer Start(DealingCeremony ceremony, PartyIndex me, SecretPolynomial polynomial, IStatementSigner signer)
    {
        ArgumentNullException.ThrowIfNull(signer);
        var body = DealingBody.Write(ceremony, me, polynomial);
        return new(ceremony, me, polynomial, SignedMessage.Sign(DealingCeremony.DealingMessageKind, ceremony.Binding, me, body, signer));
    }
}
