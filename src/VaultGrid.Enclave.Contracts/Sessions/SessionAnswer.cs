using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>What an enclave answers to a step of a session: messages to carry, or why its part is over.</summary>
/// <param name="Packets">What to carry; possibly nothing.</param>
/// <param name="HasEnded">True where no secret of the session is left: its part is over.</param>
/// <param name="Failure">Why it is over without a result, or null.</param>
public sealed record SessionAnswer(IReadOnlyList<SessionPacket> Packets, bool HasEnded, SessionFailure? Failure)
{
    /// <summary>Writes it in VaultGrid's binary encoding.</summary>
    public static void Write(WireWriter writer, SessionAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(answer);
        writer.List(answer.Packets, SessionPacket.Write).U8(answer.HasEnded ? (byte)1 : (byte)0)
            .List<SessionFailure>(answer.Failure is { } failure ? [failure] : [], SessionFailure.Write);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static SessionAnswer Read(ref WireReader reader) => new(
        reader.List(byte.MaxValue, SessionPacket.Read), reader.U8() == 1, reader.List(1, SessionFailure.Read) is [var failure] ? failure : null);
}
