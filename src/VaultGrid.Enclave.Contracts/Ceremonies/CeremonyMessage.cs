using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>
/// One message of a ceremony on its way. Whoever carries it can lose it or be slow, nothing else: what is inside is signed by the sender's D key, and what is secret
/// is sealed to the receiver's session key. Messages may come in any order, late, and more than once.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="From">The sender's place among the plan's members.</param>
/// <param name="To">The receiver's place, or <see cref="All"/>: every other member.</param>
/// <param name="Body">The message, in the encoding of its kind.</param>
public sealed record CeremonyMessage(CeremonyMessageKind Kind, byte From, byte To, ReadOnlyMemory<byte> Body)
{
    /// <summary>The receiver of what everybody gets.</summary>
    public const byte All = 255;

    /// <summary>The largest body, in bytes.</summary>
    public const int Limit = 80 * 1024;

    /// <summary>Writes it in VaultGrid's binary encoding.</summary>
    public static void Write(WireWriter writer, CeremonyMessage message)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(message);
        writer.U8((byte)message.Kind).U8(message.From).U8(message.To).Bytes(message.Body.Span);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static CeremonyMessage Read(ref WireReader reader)
    {
        var kind = (CeremonyMessageKind)reader.U8();
        if (!Enum.IsDefined(kind)) reader.Fail("a ceremony's message is of an unknown kind");
        return new CeremonyMessage(kind, reader.U8(), reader.U8(), reader.Memory(Limit));
    }
}

/// <summary>The kinds of messages. Numbers are wire format. A coordinator needs none of them: it carries what it is given to whom it is for.</summary>
public enum CeremonyMessageKind : byte
{
    /// <summary>A dealer's commitment to its dealing.</summary>
    Commit = 1,

    /// <summary>A vote for the list of commitments.</summary>
    ListVote = 2,

    /// <summary>A dealing.</summary>
    Dealing = 3,

    /// <summary>One receiver's share of a dealing, sealed.</summary>
    Share = 4,

    /// <summary>A receiver's acknowledgement of all dealings that it holds good shares of.</summary>
    Acknowledgement = 5,

    /// <summary>A receiver's complaint about a share.</summary>
    Complaint = 6,

    /// <summary>A disputed share, opened by its dealer.</summary>
    Opening = 7,

    /// <summary>A receiver's vote for the version that came out; its share is sealed.</summary>
    Vote = 8,

    /// <summary>A helper's commitments to the parts of a repair.</summary>
    RepairCommitments = 9,

    /// <summary>A helper's part for another helper, sealed.</summary>
    RepairPart = 10,

    /// <summary>A helper's sum for the holder that is helped, sealed.</summary>
    RepairSum = 11,
}
