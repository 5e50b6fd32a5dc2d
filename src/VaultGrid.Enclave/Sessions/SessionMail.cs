using VaultGrid.Protocols.Frost;
using VaultGrid.Protocols.Sessions;

namespace VaultGrid.Enclave;

/// <summary>
/// Messages of one session as packets: signed by the sender's D key, then sealed to the receiver's session key, with header, round and places as
/// additional data; in the clear to the coordinator.
/// </summary>
internal static class SessionMail
{
    /// <summary>An empty box for a message that will be sent.</summary>
    public static PreparedBox Box(SessionCast cast, byte round, byte receiver) =>
        cast.Peers[receiver].Boxes.Prepare(AdditionalData(cast.Header, round, (byte)cast.Place, receiver));

    /// <summary>Signs and seals.</summary>
    /// <param name="message">What is sent.</param>
    /// <param name="cast">Who takes part.</param>
    /// <param name="device">Signs.</param>
    /// <param name="box">A box for this round and receiver (<see cref="Box"/>); null where none was made ahead.</param>
    public static SessionPacket Pack(RoundMessage message, SessionCast cast, IDeviceKey device, PreparedBox? box = null)
    {
        var signature = device.Sign(Statement(message));
        var letter = new WireWriter().Bytes(message.Bytes).Bytes(signature).ToArray();
        if (message.Receiver != RoundMessage.Coordinator)
        {
            using var own = box is null ? Box(cast, message.Round, message.Receiver) : null;
            letter = (box ?? own!).Seal(AdditionalData(message.Header, message.Round, message.Sender, message.Receiver), letter);
        }

        return new SessionPacket(message.Header.Session, message.Round, message.Sender, message.Receiver, letter);
    }

    /// <summary>Opens and verifies; whatever fails here nobody has signed for, so it ends nothing: <c>session.mismatch</c>.</summary>
    public static Outcome<RoundMessage> Open(SessionPacket packet, SessionCast cast, P256AgreementKey own)
    {
        var header = cast.Header;
        if (packet.Receiver == SessionPacket.Coordinator && IsForAll(header, packet.Round))
            return packet.Sender == cast.Place ? Mismatch("it is this enclave's own") : OpenPublic(packet, header, cast.Peers);
        if (packet.Session != header.Session || packet.Receiver != cast.Place || packet.Sender == cast.Place || packet.Sender >= cast.Peers.Count)
            return Mismatch("it is not from another participant to this one");
        var data = AdditionalData(header, packet.Round, packet.Sender, packet.Receiver);
        if (!SealedBox.Open(own, data, data, packet.Body.Span).Is(out var letter, out _)) return Mismatch("it was not sealed for this place in this session");
        using (letter)
        {
            var reader = new WireReader(letter.Span);
            var bytes = reader.Bytes(SessionPacket.Limit);
            var signature = reader.Bytes(EnclaveLimits.Statement);
            if (!reader.End("a session's message", out _) || !RoundMessage.Parse(bytes).Is(out var message, out _)) return Mismatch("what was sealed is no message");
            if (message.Round != packet.Round || message.Sender != packet.Sender || message.Receiver != packet.Receiver) return Mismatch("it says another place inside than outside");
            return cast.Peers[message.Sender].Device.VerifiesStatement(Statement(message), signature)
                ? message
                : Mismatch($"the signature of {cast.Peers[message.Sender].Node} is not over it");
        }
    }

    /// <summary>Reads and verifies what a participant said in the clear, as any enclave can that knows who takes part.</summary>
    /// <param name="packet">What came.</param>
    /// <param name="header">The session.</param>
    /// <param name="peers">Who takes part.</param>
    /// <param name="verifies">False where whose it is only matters should it turn out to be bad.</param>
    public static Outcome<RoundMessage> OpenPublic(SessionPacket packet, SessionHeader header, IReadOnlyList<SessionPeer> peers, bool verifies = true)
    {
        var reader = new WireReader(packet.Body.Span);
        var bytes = reader.Bytes(SessionPacket.Limit);
        var signature = reader.Bytes(EnclaveLimits.Statement);
        if (!reader.End("a session's message", out _) || !RoundMessage.Parse(bytes).Is(out var message, out _)) return Mismatch("it is no message");
        if (packet.Session != header.Session || !message.Header.Equals(header) || packet.Sender >= peers.Count || message.Round != packet.Round || message.Sender != packet.Sender || message.Receiver != packet.Receiver)
            return Mismatch("it is not of this session, or says another place inside than outside");
        return !verifies || peers[message.Sender].Device.VerifiesStatement(Statement(message), signature)
            ? message
            : Mismatch($"the signature of {peers[message.Sender].Node} is not over it");
    }

    // Commitments to nonces are public: what is for the coordinator in this round is for all.
    private static bool IsForAll(SessionHeader header, byte round) => header.Protocol == FrostProtocol.Name && round == FrostProtocol.CommitmentRound;

    private static byte[] Statement(RoundMessage message) => Tagged.Statement("session-message", message.Bytes);

    private static byte[] AdditionalData(SessionHeader header, byte round, byte sender, byte receiver) =>
        Tagged.Statement("session-packet", [.. header.Bytes, round, sender, receiver]);

    private static Refusal Mismatch(string why) => new(RefusalCode.SessionMismatch, $"a packet does not belong here: {why}");
}
