using VaultGrid.Protocols.Encoding;

namespace VaultGrid.Protocols.Sessions;

/// <summary>
/// One message of a session, in the clear. The enclave signs its bytes with the sender's D key and seals them to the receiver's session key; what it
/// hands to a party it has opened and verified so, that <see cref="From"/> really sent it.
/// </summary>
public sealed class RoundMessage
{
    /// <summary>The place of the coordinator, who holds no share: it receives what is public.</summary>
    public const byte Coordinator = 255;

    /// <summary>The longest body: two ciphertexts of 4096-bit keys and some room.</summary>
    public const int MaximumBodyLength = 16 * 1024;

    private const int MaximumHeaderLength = 4 * 1024;

    private readonly byte[] _bytes;
    private readonly byte[] _body;

    /// <param name="header">The session.</param>
    /// <param name="round">The round, numbered by the protocol.</param>
    /// <param name="sender">The sender's place among the participants, from 0.</param>
    /// <param name="receiver">The receiver's place, or <see cref="Coordinator"/>.</param>
    /// <param name="answers">The hash of the message that this one answers; of the header where it answers none.</param>
    /// <param name="body">What the protocol says.</param>
    public RoundMessage(SessionHeader header, byte round, byte sender, byte receiver, Hash256 answers, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(sender, header.Participants.Count);
        if (receiver != Coordinator) ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(receiver, header.Participants.Count);
        if (body.Length > MaximumBodyLength) throw new ArgumentException($"A body has at most {MaximumBodyLength} bytes.", nameof(body));
        (Header, Round, Sender, Receiver, Answers) = (header, round, sender, receiver, answers);
        _body = body.ToArray();
        _bytes = new CanonicalWriter().Bytes(header.Bytes).Byte(round).Byte(sender).Byte(receiver).Hash(answers).Bytes(body).ToArray();
        Hash = Hash256.Of("session-message", _bytes);
    }

    /// <summary>The session.</summary>
    public SessionHeader Header { get; }

    /// <summary>The round.</summary>
    public byte Round { get; }

    /// <summary>The sender's place.</summary>
    public byte Sender { get; }

    /// <summary>The receiver's place.</summary>
    public byte Receiver { get; }

    /// <summary>The hash of the message that this one answers.</summary>
    public Hash256 Answers { get; }

    /// <summary>What the protocol says.</summary>
    public ReadOnlySpan<byte> Body => _body;

    /// <summary>The canonical encoding: what is signed, and then sealed.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The hash of the encoding.</summary>
    public Hash256 Hash { get; }

    /// <summary>Who sent it.</summary>
    public Participant From => Header.Participants[Sender];

    /// <summary>Reads a message.</summary>
    /// <returns>The message, or <see cref="RefusalCode.InputMalformed"/>: the caller names whoever signed it.</returns>
    public static Outcome<RoundMessage> Parse(ReadOnlySpan<byte> bytes)
    {
        var malformed = new Refusal(RefusalCode.InputMalformed, "this is not a message of a session");
        var reader = new CanonicalReader(bytes);
        var headerBytes = reader.Bytes(MaximumHeaderLength);
        var (round, sender, receiver, answers) = (reader.Byte(), reader.Byte(), reader.Byte(), reader.Hash());
        var body = reader.Bytes(MaximumBodyLength);
        if (!reader.Ended) return malformed;
        if (!SessionHeader.Parse(headerBytes).Is(out var header, out var refusal)) return refusal;
        if (sender >= header.Participants.Count || (receiver != Coordinator && receiver >= header.Participants.Count)) return malformed;
        return new RoundMessage(header, round, sender, receiver, answers, body);
    }

    /// <summary>Session, round, sender and receiver.</summary>
    public override string ToString() => $"{Header} round {Round}, {Sender} to {Receiver}";
}
