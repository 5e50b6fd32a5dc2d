using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace VaultGrid.Crypto.Ethereum;

/// <summary>
/// An unsigned integer below 2^256, as the Ethereum virtual machine counts. For public amounts only: its arithmetic takes variable time.
/// Nothing wraps around: what does not fit is reported.
/// </summary>
public readonly record struct UInt256 : IComparable<UInt256>
{
    /// <summary>Length of the full big-endian form in bytes.</summary>
    public const int Size = 32;

    /// <summary>Longest decimal form: 2^256 − 1 has 78 digits.</summary>
    private const int MaxDigits = 78;

    // Limbs of 64 bits, least significant first.
    private readonly ulong _limb0;
    private readonly ulong _limb1;
    private readonly ulong _limb2;
    private readonly ulong _limb3;

    private UInt256(ulong limb3, ulong limb2, ulong limb1, ulong limb0) => (_limb3, _limb2, _limb1, _limb0) = (limb3, limb2, limb1, limb0);

    /// <summary>0.</summary>
    public static UInt256 Zero => default;

    /// <summary>2^256 − 1.</summary>
    public static UInt256 MaxValue => new(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue);

    /// <summary>True for 0.</summary>
    public bool IsZero => (_limb0 | _limb1 | _limb2 | _limb3) == 0;

    /// <summary>Any smaller integer.</summary>
    public static implicit operator UInt256(ulong value) => new(0, 0, 0, value);

    /// <inheritdoc/>
    public static bool operator <(UInt256 left, UInt256 right) => left.CompareTo(right) < 0;

    /// <inheritdoc/>
    public static bool operator >(UInt256 left, UInt256 right) => left.CompareTo(right) > 0;

    /// <inheritdoc/>
    public static bool operator <=(UInt256 left, UInt256 right) => left.CompareTo(right) <= 0;

    /// <inheritdoc/>
    public static bool operator >=(UInt256 left, UInt256 right) => left.CompareTo(right) >= 0;

    /// <summary>Reads a big-endian integer of at most 32 bytes.</summary>
    /// <exception cref="ArgumentException">There are more than 32 bytes.</exception>
    public static UInt256 FromBigEndian(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Size) throw new ArgumentException($"At most {Size} bytes make an integer below 2^256.", nameof(bytes));
        Span<byte> padded = stackalloc byte[Size];
        padded.Clear();
        bytes.CopyTo(padded[(Size - bytes.Length)..]);
        return new UInt256(
            BinaryPrimitives.ReadUInt64BigEndian(padded),
            BinaryPrimitives.ReadUInt64BigEndian(padded[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(padded[16..]),
            BinaryPrimitives.ReadUInt64BigEndian(padded[24..]));
    }

    /// <summary>Reads plain decimal digits without sign, spaces or needless leading zeros: what <see cref="ToString"/> writes and nothing else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out UInt256 value)
    {
        value = default;
        if (text is null or "" || text.Length > MaxDigits || (text.Length > 1 && text[0] == '0')) return false;

        var read = Zero;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit(digit)) return false;
            if (!read.TryMultiply(10, out read) || !read.TryAdd((ulong)(digit - '0'), out read)) return false;
        }

        value = read;
        return true;
    }

    /// <summary>Writes the full 32 bytes, big-endian.</summary>
    public void WriteBigEndian(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _limb3);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _limb2);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _limb1);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _limb0);
    }

    /// <summary>Big-endian without leading zeros: 0 to 32 bytes, none for zero.</summary>
    public byte[] ToMinimalBigEndian()
    {
        Span<byte> full = stackalloc byte[Size];
        WriteBigEndian(full);
        return full.TrimStart((byte)0).ToArray();
    }

    /// <summary>True and the value where it is below 2^64.</summary>
    public bool TryToUInt64(out ulong value)
    {
        value = _limb0;
        return (_limb1 | _limb2 | _limb3) == 0;
    }

    /// <summary>The sum, or false where it does not fit.</summary>
    public bool TryAdd(UInt256 other, out UInt256 sum)
    {
        var limb0 = (UInt128)_limb0 + other._limb0;
        var limb1 = (UInt128)_limb1 + other._limb1 + (limb0 >> 64);
        var limb2 = (UInt128)_limb2 + other._limb2 + (limb1 >> 64);
        var limb3 = (UInt128)_limb3 + other._limb3 + (limb2 >> 64);
        sum = new UInt256((ulong)limb3, (ulong)limb2, (ulong)limb1, (ulong)limb0);
        return limb3 >> 64 == 0;
    }

    /// <summary>The product, or false where it does not fit.</summary>
    public bool TryMultiply(ulong factor, out UInt256 product)
    {
        var limb0 = (UInt128)_limb0 * factor;
        var limb1 = ((UInt128)_limb1 * factor) + (limb0 >> 64);
        var limb2 = ((UInt128)_limb2 * factor) + (limb1 >> 64);
        var limb3 = ((UInt128)_limb3 * factor) + (limb2 >> 64);
        product = new UInt256((ulong)limb3, (ulong)limb2, (ulong)limb1, (ulong)limb0);
        return limb3 >> 64 == 0;
    }

    /// <inheritdoc/>
    public int CompareTo(UInt256 other)
    {
        if (_limb3 != other._limb3) return _limb3.CompareTo(other._limb3);
        if (_limb2 != other._limb2) return _limb2.CompareTo(other._limb2);
        if (_limb1 != other._limb1) return _limb1.CompareTo(other._limb1);
        return _limb0.CompareTo(other._limb0);
    }

    /// <summary>Decimal digits.</summary>
    public override string ToString()
    {
        Span<char> digits = stackalloc char[MaxDigits];
        var start = MaxDigits;
        var rest = this;
        do
        {
            rest = rest.DivideByTen(out var digit);
            digits[--start] = (char)('0' + digit);
        }
        while (!rest.IsZero);
        return new string(digits[start..]);
    }

    private UInt256 DivideByTen(out uint remainder)
    {
        UInt128 carry = 0;
        var limb3 = Step(_limb3, ref carry);
        var limb2 = Step(_limb2, ref carry);
        var limb1 = Step(_limb1, ref carry);
        var limb0 = Step(_limb0, ref carry);
        remainder = (uint)carry;
        return new UInt256(limb3, limb2, limb1, limb0);

        // Schoolbook division: the remainder so far stands above the next limb.
        static ulong Step(ulong limb, ref UInt128 carry)
        {
            var dividend = (carry << 64) | limb;
            carry = dividend % 10;
            return (ulong)(dividend / 10);
        }
    }
}
