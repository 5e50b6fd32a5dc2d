using System.Buffers.Binary;

namespace VaultGrid.Enclave.Contracts.Framing;

/// <summary>
/// A call with the id of the trace it belongs to, and its answer with the time it took. The id is opaque to the enclave, which neither trusts it nor
/// derives anything from it: it says it in its own notice of a fault and nowhere else. A frame of its own, so that an enclave which doesn't know it
/// refuses it like any unknown call, before anything is done.
/// </summary>
/// <remarks>
/// Call: <c>trace (16) ‖ span (8) ‖ kind (1) ‖ body</c> in a frame of the kind <see cref="Kind"/>. Answer: <c>waited (4) ‖ handled (4) ‖ body</c> in a frame
/// of the kind <see cref="AnswerKind.TracedAnswer"/> or <see cref="AnswerKind.TracedRefusal"/>; both times in tenths of a millisecond, rounded up: no
/// finer than what whoever holds the socket sees anyway.
/// </remarks>
public static class TracedFrame
{
    /// <summary>The kind of the frame; no call has this number.</summary>
    public const byte Kind = 0xF0;

    /// <summary>The size of the id, in bytes: a trace's 16 and a span's 8.</summary>
    public const int IdSize = 24;

    /// <summary>What stands before the call's body, in bytes.</summary>
    public const int CallHead = IdSize + 1;

    /// <summary>What stands before the answer's body, in bytes.</summary>
    public const int AnswerHead = 8;

    private static readonly TimeSpan Unit = TimeSpan.FromMicroseconds(100);

    /// <summary>A call's body for a frame of this kind.</summary>
    /// <param name="id">Exactly <see cref="IdSize"/> bytes.</param>
    /// <param name="kind">The call.</param>
    /// <param name="body">The call's own body.</param>
    public static byte[] Call(ReadOnlySpan<byte> id, EnclaveCallKind kind, ReadOnlySpan<byte> body)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(id.Length, IdSize);
        var frame = new byte[CallHead + body.Length];
        id.CopyTo(frame);
        frame[IdSize] = (byte)kind;
        body.CopyTo(frame.AsSpan(CallHead));
        return frame;
    }

    /// <summary>An answer's body for a frame of this kind.</summary>
    public static byte[] Answer(TimeSpan waited, TimeSpan handled, ReadOnlySpan<byte> body)
    {
        var frame = new byte[AnswerHead + body.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame, InUnits(waited));
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(4), InUnits(handled));
        body.CopyTo(frame.AsSpan(AnswerHead));
        return frame;
    }

    /// <summary>Reads the times of an answer; false where it is too short to hold them.</summary>
    public static bool TryReadTimes(ReadOnlySpan<byte> frame, out TimeSpan waited, out TimeSpan handled)
    {
        (waited, handled) = (default, default);
        if (frame.Length < AnswerHead) return false;
        waited = BinaryPrimitives.ReadUInt32BigEndian(frame) * Unit;
        handled = BinaryPrimitives.ReadUInt32BigEndian(frame[4..]) * Unit;
        return true;
    }

    private static uint InUnits(TimeSpan time) => (uint)Math.Clamp((time.Ticks + Unit.Ticks - 1) / Unit.Ticks, 0, uint.MaxValue);
}
