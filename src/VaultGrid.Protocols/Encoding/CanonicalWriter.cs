using System.Buffers;
using System.Buffers.Binary;
using VaultGrid.Crypto.Groups;

namespace VaultGrid.Protocols.Encoding;

/// <summary>Builds public statements and messages: fixed field order, explicit lengths, big-endian integers. Never for secrets.</summary>
internal sealed class CanonicalWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(256);

    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();

    public CanonicalWriter Byte(int value)
    {
        _buffer.GetSpan(1)[0] = checked((byte)value);
        _buffer.Advance(1);
        return this;
    }

    public CanonicalWriter Party(PartyIndex party) => Byte(party.Value);

    public CanonicalWriter UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_buffer.GetSpan(sizeof(uint)), value);
        _buffer.Advance(sizeof(uint));
        return this;
    }

    public CanonicalWriter Fixed(ReadOnlySpan<byte> bytes)
    {
        _buffer.Write(bytes);
        return this;
    }

    public CanonicalWriter Hash(Hash256 hash) => Fixed(hash.AsSpan());

    public CanonicalWriter Element(GroupElement element) => Fixed(element.Bytes);

    public CanonicalWriter Scalar(PublicScalar scalar) => Fixed(scalar.Bytes);

    /// <summary>Bytes behind their length.</summary>
    public CanonicalWriter Bytes(ReadOnlySpan<byte> bytes) => UInt32(checked((uint)bytes.Length)).Fixed(bytes);

    public CanonicalWriter Text(string text) => Bytes(System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>At most 255 items behind their count.</summary>
    public CanonicalWriter List<T>(IReadOnlyCollection<T> items, Action<CanonicalWriter, T> write)
    {
        Byte(items.Count);
        foreach (var item in items) write(this, item);
        return this;
    }
}
