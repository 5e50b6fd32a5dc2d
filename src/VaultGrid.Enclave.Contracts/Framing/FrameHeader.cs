using System.Buffers.Binary;

namespace VaultGrid.Enclave.Contracts.Framing;

/// <summary>The head of every frame: <c>length (4) ‖ version (1) ‖ kind (1) ‖ correlation (8)</c>, big-endian; the length counts all that follows it.</summary>
/// <param name="BodyLength">How many bytes of body follow the header.</param>
/// <param name="Kind">For a call, its <see cref="EnclaveCallKind"/>; for an answer, an <see cref="AnswerKind"/>.</param>
/// <param name="Correlation">The caller's number for the call; the answer repeats it.</param>
public readonly record struct FrameHeader(int BodyLength, byte Kind, ulong Correlation)
{
    /// <summary>The version of framing and messages together.</summary>
    public const byte Version = 1;

    /// <summary>The size of the header with the length, in bytes.</summary>
    public const int Size = 14;

    private const int Counted = Size - 4;

    /// <summary>Writes the header into exactly <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)(BodyLength + Counted));
        destination[4] = Version;
        destination[5] = Kind;
        BinaryPrimitives.WriteUInt64BigEndian(destination[6..Size], Correlation);
    }

    /// <summary>Reads a header.</summary>
    /// <param name="source">Its <see cref="Size"/> bytes; what follows is not read.</param>
    public static Outcome<FrameHeader> Read(ReadOnlySpan<byte> source)
    {
        if (source.Length < Size) return new Refusal(RefusalCode.FrameMalformed, $"a frame's header has {Size} bytes, not {source.Length}");
        var length = BinaryPrimitives.ReadUInt32BigEndian(source);
        if (length < Counted) return new Refusal(RefusalCode.FrameMalformed, $"a frame says it has {length} bytes; its header alone has {Counted}");
        if (length > EnclaveLimits.Frame) return new Refusal(RefusalCode.FrameTooLarge, $"a frame says it has {length} bytes; at most {EnclaveLimits.Frame} are allowed");
        if (source[4] != Version) return new Refusal(RefusalCode.FrameVersion, $"a frame has version {source[4]}; this side speaks version {Version}");
        return new FrameHeader((int)length - Counted, source[5], BinaryPrimitives.ReadUInt64BigEndian(source[6..]));
    }
}
