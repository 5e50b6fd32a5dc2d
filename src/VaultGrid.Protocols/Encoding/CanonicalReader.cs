using System.Buffers.Binary;
using VaultGrid.Crypto.Groups;

namespace VaultGrid.Protocols.Encoding;

/// <summary>Reads what <see cref="CanonicalWriter"/> wrote. The first fault sticks; nothing that was read may be used before <see cref="Ended"/> said yes.</summary>
internal ref struct CanonicalReader(ReadOnlySpan<byte> source)
{
    private ReadOnlySpan<byte> _rest = source;
    private bool _failed;

    /// <summary>True if everything fitted and nothing is left over.</summary>
    public readonly bool Ended => !_failed && _rest.IsEmpty;

    public byte Byte() => Fixed(1) is { Length: 1 } at ? at[0] : (byte)0;

    /// <summary>A party; 1 after a fault.</summary>
    public PartyIndex Party()
    {
        var value = Byte();
        if (value != 0) return new PartyIndex(value);
        Fail();
        return new PartyIndex(1);
    }

    public uint UInt32() => Fixed(sizeof(uint)) is { Length: sizeof(uint) } at ? BinaryPrimitives.ReadUInt32BigEndian(at) : 0;

    public Hash256 Hash() => Fixed(Hash256.Length) is { Length: Hash256.Length } at ? new Hash256(at) : default;

    public byte[] Bytes(int limit)
    {
        var length = UInt32();
        if (length <= limit) return Fixed((int)length).ToArray();
        Fail();
        return [];
    }

    /// <summary>An element; the identity after a fault.</summary>
    public GroupElement Element(PrimeGroup group)
    {
        if (group.Decode(Fixed(group.ElementLength)).Is(out var element, out _)) return element;
        Fail();
        return group.Identity;
    }

    /// <summary>A scalar; 0 after a fault.</summary>
    public PublicScalar Scalar(PrimeGroup group)
    {
        if (group.DecodeScalar(Fixed(PrimeGroup.ScalarLength)).Is(out var scalar, out _)) return scalar;
        Fail();
        return group.Zero;
    }

    public delegate T ItemReader<T>(ref CanonicalReader reader);

    public IReadOnlyList<T> List<T>(ItemReader<T> read)
    {
        var count = Byte();
        var items = new List<T>(Math.Min((int)count, 64));
        for (var i = 0; i < count && !_failed; i++) items.Add(read(ref this));
        return items;
    }

    public ReadOnlySpan<byte> Fixed(int length)
    {
        if (_rest.Length < length)
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
