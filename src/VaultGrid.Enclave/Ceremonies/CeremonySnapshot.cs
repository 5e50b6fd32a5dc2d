using VaultGrid.Protocols;

namespace VaultGrid.Enclave;

/// <summary>A ceremony's state as its journal has it: how it was opened, who the members were then, and the protocol's own state. <c>length (4) ‖ public ‖ secret</c>.</summary>
internal sealed record CeremonySnapshot(OpenCeremonyCall Call, DateTimeOffset OpenedAt, ReadOnlyMemory<byte> Public)
{
    private const byte Version = 1;

    /// <summary>Writes it; the caller disposes of it.</summary>
    public static SecretBytes Write(OpenCeremonyCall call, DateTimeOffset openedAt, IReadOnlyList<SignedStatement> directory, SavedState state)
    {
        var writer = new WireWriter().U8(Version).Time(openedAt);
        (call with { Directory = directory }).Write(writer);
        writer.Bytes(state.PublicPart.Span);
        using var buffer = new SecretBuffer(sizeof(uint) + writer.Written.Length + state.SecretPart.Length);
        buffer.WriteUInt32((uint)writer.Written.Length);
        buffer.Write(writer.Written);
        buffer.Write(state.SecretPart);
        return buffer.ToSecret();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="snapshot">The snapshot; stays the caller's.</param>
    public static Outcome<(CeremonySnapshot Snapshot, SavedState State)> Read(SecretBytes snapshot)
    {
        var length = snapshot.Length < sizeof(uint) ? 0 : System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(snapshot.Span);
        if (length == 0 || length >= snapshot.Length - sizeof(uint)) return new Refusal(RefusalCode.StoreTampered, "the journal of a ceremony can't be read");
        var reader = new WireReader(snapshot.Span.Slice(sizeof(uint), (int)length));
        if (reader.U8() != Version) reader.Fail("its version is unknown");
        var read = new CeremonySnapshot(null!, reader.Time(), default);
        read = read with { Call = OpenCeremonyCall.Read(ref reader), Public = reader.Memory(EnclaveLimits.Frame) };
        if (!reader.End("the journal of a ceremony", out var refusal, RefusalCode.StoreTampered)) return refusal;
        var secretStart = sizeof(uint) + (int)length;
        return (read, new SavedState(read.Public.ToArray(), snapshot.Slice(secretStart, snapshot.Length - secretStart)));
    }
}
