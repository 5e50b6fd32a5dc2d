using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>
/// One message of a session on its way. Between enclaves it is sealed to the receiver's session key, with the sender's signature inside; what is for
/// the coordinator is in the clear. The numbers outside tell where it goes; they are authenticated with what is inside.
/// </summary>
/// <param name="Session">The session's id.</param>
/// <param name="Round">The round, numbered by the protocol.</param>
/// <param name="Sender">The sender's place among the participants, from 0.</param>
/// <param name="Receiver">The receiver's place, or <see cref="Coordinator"/>.</param>
/// <param name="Body">The sealed message; for the coordinator the message and its signature, each behind its length.</param>
public sealed record SessionPacket(Hash256 Session, byte Round, byte Sender, byte Receiver, ReadOnlyMemory<byte> Body)
{
    /// <summary>The place of the coordinator.</summary>
    public const byte Coordinator = 255;

    /// <summary>The largest body, in bytes.</summary>
    public const int Limit = 48 * 1024;

    /// <summary>What the protocol says to the coordinator: for <c>threshold-ecdsa</c> the signature r ‖ s ‖ v (65 bytes), or nothing for "ready".</summary>
    /// <returns>The bytes, or <c>input.malformed</c>: a packet that is not for the coordinator, or can't be read.</returns>
    public Outcome<ReadOnlyMemory<byte>> Result()
    {
        // message ‖ signature; message = header ‖ round ‖ sender ‖ receiver ‖ hash ‖ body
        var reader = new WireReader(Receiver == Coordinator ? Body.Span : default);
        var message = new WireReader(reader.Bytes(Limit));
        reader.Bytes(EnclaveLimits.Statement);
        if (!reader.End("a packet for the coordinator", out var refusal)) return refusal;
        message.Bytes(Limit);
        message.Fixed(3);
        message.Hash();
        var result = message.Memory(Limit);
        return message.End("a message for the coordinator", out refusal) ? result : refusal;
    }

    /// <summary>Writes it in VaultGrid's binary encoding.</summary>
    public static void Write(WireWriter writer, SessionPacket packet)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(packet);
        writer.Hash(packet.Session).U8(packet.Round).U8(packet.Sender).U8(packet.Receiver).Bytes(packet.Body.Span);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static SessionPacket Read(ref WireReader reader) => new(reader.Hash(), reader.U8(), reader.U8(), reader.U8(), reader.Memory(Limit));
}
