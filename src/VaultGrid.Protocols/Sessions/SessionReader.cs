using System.Buffers.Binary;

namespace VaultGrid.Protocols.Sessions;

/// <summary>Reads what <see cref="SessionWriter"/> wrote. The first fault sticks; nothing that was read may be used before <see cref="Ended"/> said yes.</summary>
internal ref struct SessionReader(ReadOnlySpan<byte> source)
{
    private ReadOnlySpan<byte> _rest = source;
    private bool _failed;

    /// <summary>True if everything fitted and nothing is left over.</summary>
    public readonly bool Ended => !_failed && _rest.IsEmpty;

    /// <summary>True once anything did not fit.</summary>
    public readonly bool Failed => _failed;

    public byte Byte() => Fixed(1) is { Length: 1 } at ? at[0] : (byte)0;

    public uint UInt32() => Fixed(sizeof(uint)) is { Length: sizeof(uint) } at ? BinaryPrimitives.ReadUInt32BigEndian(at) : 0;

    public Hash256 Hash() => Fixed(Hash256.Length) is { Length: Hash256.Length } at ? new Hash256(at) : default;

    public ReadOnlySpan<byte> Bytes(int limit)
    {
        var length = UInt32();
        if (length <= limit) return Fixed((int)length);
        Fail();
        return default;
    }

    public ReadOnlySpan<byte> Fixed(int length)
    {
        if (_failed || _rest.Length < length)
        {
            Fail();
            return default;
        }
        var at = _rest[..length];
        _rest = _rest[length..];
        return at;
    }

    public void Fail()
    {
        _failed = true;
        _rest = default;
    }
}
