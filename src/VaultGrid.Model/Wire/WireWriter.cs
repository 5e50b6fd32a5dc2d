using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace VaultGrid.Model.Wire;

/// <summary>
/// Writes VaultGrid's one binary encoding: fixed field order, explicit lengths, big-endian integers, one encoding per value.
/// Everything that is hashed, signed or framed as binary is built with it. Never for secrets: its buffer is ordinary memory.
/// </summary>
/// <param name="capacity">How many bytes are expected; more may come.</param>
public sealed class WireWriter(int capacity = 256)
{
    private readonly ArrayBufferWriter<byte> _buffer = new(capacity);

    /// <summary>What has been written so far.</summary>
    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    /// <summary>A copy of what has been written.</summary>
    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();

    /// <summary>Begins anew in the room that there is: for what is written often and long.</summary>
    public WireWriter Clear()
    {
        _buffer.ResetWrittenCount();
        return this;
    }

    public WireWriter U8(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
        return this;
    }

    public WireWriter U32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_buffer.GetSpan(4), value);
        _buffer.Advance(4);
        return this;
    }

    public WireWriter U64(ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(_buffer.GetSpan(8), value);
        _buffer.Advance(8);
        return this;
    }

    /// <summary>A moment, in whole seconds since 1970 (UTC).</summary>
    public WireWriter Time(DateTimeOffset value) => U64(checked((ulong)value.ToUnixTimeSeconds()));

    /// <summary>Bytes whose length both sides know.</summary>
    public WireWriter Fixed(ReadOnlySpan<byte> value)
    {
        _buffer.Write(value);
        return this;
    }

    /// <summary>A 32-byte hash.</summary>
    public WireWriter Hash(Hash256 value)
    {
        value.CopyTo(_buffer.GetSpan(Hash256.Length));
        _buffer.Advance(Hash256.Length);
        return this;
    }

    /// <summary>Bytes behind their length (32 bits).</summary>
    public WireWriter Bytes(ReadOnlySpan<byte> value) => U32(checked((uint)value.Length)).Fixed(value);

    /// <summary>UTF-8 text behind its length in bytes (32 bits).</summary>
    public WireWriter Text(string value)
    {
        U32((uint)Encoding.UTF8.GetByteCount(value));
        Encoding.UTF8.GetBytes(value, _buffer);
        return this;
    }

    /// <summary>A list behind its count (32 bits).</summary>
    public WireWriter List<T>(IReadOnlyCollection<T> items, Action<WireWriter, T> write)
    {
        U32(checked((uint)items.Count));
        foreach (var item in items) write(this, item);
        return this;
    }
}
