using System.Buffers;
using System.Buffers.Binary;

namespace VaultGrid.Protocols.Sessions;

/// <summary>Builds headers and messages: fixed field order, explicit lengths, big-endian integers. Never for secrets.</summary>
internal sealed class SessionWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(256);

    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();

    public SessionWriter Byte(int value)
    {
        _buffer.GetSpan(1)[0] = checked((byte)value);
        _buffer.Advance(1);
        return this;
    }

    public SessionWriter UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_buffer.GetSpan(sizeof(uint)), value);
        _buffer.Advance(sizeof(uint));
        return this;
    }

    public SessionWriter Fixed(ReadOnlySpan<byte> bytes)
    {
        _buffer.Write(bytes);
        return this;
    }

    public SessionWriter Hash(Hash256 hash) => Fixed(hash.AsSpan());

    /// <summary>Bytes behind their length.</summary>
    public SessionWriter Bytes(ReadOnlySpan<byte> bytes) => UInt32(checked((uint)bytes.Length)).Fixed(bytes);
}
