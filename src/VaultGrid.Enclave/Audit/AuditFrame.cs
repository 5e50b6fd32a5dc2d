using System.Buffers.Binary;

namespace VaultGrid.Enclave;

/// <summary>How batches stand in a file of the log: <c>"VGAUDIT1" ‖ first number (8) ‖ hash before it (32)</c>, then for each batch <c>length (4) ‖ last number (8) ‖ batch</c>.</summary>
internal static class AuditFrame
{
    /// <summary>Bytes of a file's head.</summary>
    public const int HeadLength = 48;

    /// <summary>Bytes before a batch.</summary>
    public const int Prefix = 12;

    /// <summary>The longest batch.</summary>
    public const int Longest = AuditBatch.Most * (AuditEntry.Largest + sizeof(uint));

    private static ReadOnlySpan<byte> Magic => "VGAUDIT1"u8;

    /// <summary>A file's head.</summary>
    public static byte[] Head(ulong first, Hash256 before) => new WireWriter().Fixed(Magic).U64(first).Hash(before).ToArray();

    /// <summary>Reads a file's head; null where it is none.</summary>
    public static (ulong First, Hash256 Before)? ReadHead(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.Tag(Magic);
        var head = (reader.U64(), reader.Hash());
        return reader.End("the head of an audit file", out _) ? head : null;
    }

    /// <summary>A batch with what stands before it.</summary>
    public static byte[] Batch(AuditBatch batch, ulong last)
    {
        var writer = new WireWriter();
        AuditBatch.Write(writer, batch);
        return new WireWriter().U32((uint)writer.Written.Length).U64(last).Fixed(writer.Written).ToArray();
    }

    /// <summary>What stands before a batch.</summary>
    public static (uint Length, ulong Last) ReadPrefix(ReadOnlySpan<byte> bytes) =>
        (BinaryPrimitives.ReadUInt32BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[sizeof(uint)..]));
}
