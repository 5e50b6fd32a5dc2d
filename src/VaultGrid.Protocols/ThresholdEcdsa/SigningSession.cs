using System.Security.Cryptography;
using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.Sessions;

namespace VaultGrid.Protocols.ThresholdEcdsa;

/// <summary>What does not change during one participant's part: key, header, place, and which shares are its own to multiply. Owns nothing.</summary>
internal sealed class SigningSession
{
    private readonly ShareCombination _combination;

    private SigningSession(ThresholdShare share, SessionHeader header, int place, PaillierNoisePool noise, ShareCombination combination) =>
        (Share, Header, Place, Noise, _combination) = (share, header, place, noise, combination);

    public ThresholdShare Share { get; }

    public SessionHeader Header { get; }

    public int Place { get; }

    public PaillierNoisePool Noise { get; }

    public int Last => Header.Participants.Count - 1;

    public bool IsFirst => Place == 0;

    public bool IsLast => Place == Last;

    public bool IsPrepared => Header.Subject is SessionSubject.Presign;

    public GroupElement PublicKey => Share.Statement.Chain[^1];

    public static Outcome<SigningSession> Of(ThresholdShare share, SessionHeader header, int place, PaillierNoisePool noise)
    {
        ArgumentNullException.ThrowIfNull(share);
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(noise);
        if (header.Protocol != ThresholdEcdsaProtocol.Name || header.ProtocolVersion != ThresholdEcdsaProtocol.Version)
            return new Refusal(RefusalCode.InputUnsupported, $"this is version {ThresholdEcdsaProtocol.Version} of {ThresholdEcdsaProtocol.Name}");
        if (!share.Statement.Table.Combination([.. header.Participants.Select(p => p.Cluster)]).Is(out var combination, out var refusal)) return refusal;
        if (place < 0 || place >= header.Participants.Count || header.Participants[place].Cluster != share.Cluster)
            return new Refusal(RefusalCode.InputMalformed, "another cluster has this place in the session");
        return new SigningSession(share, header, place, noise, combination);
    }

    /// <summary>Works out what an approved message means for this key.</summary>
    public Outcome<SigningTask> Accept(ApprovedMessage approved)
    {
        if (approved.Message.Length != Hash256.Length) return new Refusal(RefusalCode.InputMalformed, "ECDSA signs a digest of 32 bytes");
        if (!Share.Children.Derive(approved.Path).Is(out var child, out var refusal)) return refusal;
        return new SigningTask(approved.Approval, new Hash256(approved.Message), child);
    }

    /// <summary>x_j: the product of the shares that the combination gives to this participant.</summary>
    public SecretScalar KeyFactor() => Share.Shares.Product(_combination[Place]);

    /// <summary>z_j, hedged.</summary>
    public SecretScalar DrawNonce(SecretScalar keyFactor, RandomNumberGenerator random) =>
        HedgedScalars.Draw("threshold-ecdsa-nonce", keyFactor, [.. Header.Bytes, (byte)Place], random);

    public RoundMessage Message(byte round, int receiver, Hash256 answers, ReadOnlySpan<byte> body) =>
        new(Header, round, (byte)Place, (byte)receiver, answers, body);

    /// <summary>The one message that a step takes.</summary>
    /// <param name="input">What came.</param>
    /// <param name="round">The round that this step is.</param>
    /// <param name="sender">Whose message it has to be.</param>
    /// <param name="answers">What it has to answer; null where this participant can't know.</param>
    /// <param name="message">The message.</param>
    /// <returns>The fault, or null.</returns>
    public SessionFault? Single(SessionInput input, byte round, int sender, Hash256? answers, out RoundMessage message)
    {
        message = null!;
        if (input.Messages is not [var only] || input.Round != only.Round || input.Approved is not null) return Refused("this step takes one message and no approval");
        message = only;
        return Check(only, round, sender, answers);
    }

    /// <summary>Order: session, round, receiver, sender, what it answers.</summary>
    public SessionFault? Check(RoundMessage message, byte round, int sender, Hash256? answers) =>
        message.Header.Equals(Header)
        && message.Round == round
        && message.Receiver == Place
        && message.Sender == sender
        && (answers is null || message.Answers == answers)
            ? null
            : new SessionFault.Misplaced(message.From, message.Round);

    /// <summary>Tells a witness, where there is one, that this participant's k is spent.</summary>
    public void Spend(SessionInput input, SecretScalar k, Hash256? approval)
    {
        if (input.Witness is { } witness) witness.Spent(Header, Place, k.TimesGenerator().Bytes, approval);
    }

    /// <summary>Reads a point of a body.</summary>
    public static SessionFault? ReadPoint(RoundMessage message, ReadOnlySpan<byte> bytes, out GroupElement point) =>
        PrimeGroup.Secp256k1.Decode(bytes).Is(out point!, out _) ? null : new SessionFault.Malformed(message.From, message.Round);

    /// <summary>Everybody else accused by this participant.</summary>
    public SessionFault Accuse(EcdsaCheck check) => new SessionFault.Inconsistent(
        (byte)check, Header.Participants[Place], [.. Header.Participants.Where((_, place) => place != Place)]);

    public static SessionFault Refused(string why) => new SessionFault.Refused(new(RefusalCode.RequestConflict, why));
}
