using System.Runtime.InteropServices;

namespace VaultGrid.Crypto.Fields;

/// <summary>Powers and encodings.</summary>
internal readonly partial struct Residue<TModulus> : IField<Residue<TModulus>>
{
    /// <summary>Bytes of an element on the wire, big-endian.</summary>
    public const int Length = 32;

    private static readonly Residue<TModulus> Unit = new(1, 0, 0, 0, 0);

    // 2^560 mod m = R^2, by doubling 1: brings a number into the representation.
    private static readonly Residue<TModulus> R2 = PowerOfTwo(Unit, 2 * 5 * Radix56.Bits);

    private static readonly byte[] Inversion = Minus2(TModulus.BigEndian);

    public static Residue<TModulus> One { get; } = Unit * R2;

    private static readonly Residue<TModulus> TwoTo256 = PowerOfTwo(One, 256);

    public static Residue<TModulus> From(ulong number) => new Residue<TModulus>(number & Radix56.Mask, number >> 56, 0, 0, 0) * R2;

    /// <summary>A constant of a specification: 64 hex digits or less.</summary>
    public static Residue<TModulus> From(string hex) =>
        TryRead(Convert.FromHexString(hex.PadLeft(2 * Length, '0')), out var value)
            ? value : throw new FormatException("This constant is not below the modulus.");

    /// <summary>Reads 32 bytes, big-endian; false if the number is not below the modulus. The answer is public, the number need not be.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bigEndian, out Residue<TModulus> value)
    {
        value = default;
        if (bigEndian.Length != Length || Fields.BigEndian.IsBelow(bigEndian, TModulus.BigEndian) == 0) return false;
        value = Load(bigEndian);
        return true;
    }

    /// <summary>A number of 33 to 64 bytes, modulo m.</summary>
    public static Residue<TModulus> Reduce(ReadOnlySpan<byte> wide)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(wide.Length, Length, nameof(wide));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wide.Length, 2 * Length, nameof(wide));
        return Load(wide[^Length..]) + (Load(wide[..^Length]) * TwoTo256);
    }

    /// <summary>Writes 32 bytes, big-endian.</summary>
    public void Write(Span<byte> bigEndian)
    {
        var plain = this * Unit;
        Radix56.Join(MemoryMarshal.CreateReadOnlySpan(in plain._0, 5), bigEndian[..Length]);
    }

    /// <summary>a^exponent for a public exponent, big-endian.</summary>
    public static Residue<TModulus> Power(in Residue<TModulus> a, ReadOnlySpan<byte> exponent)
    {
        Span<Residue<TModulus>> powers = stackalloc Residue<TModulus>[16];
        powers[0] = One;
        for (var i = 1; i < 16; i++) powers[i] = powers[i - 1] * a;
        var result = One;
        foreach (var pair in exponent)
        {
            for (var i = 0; i < 4; i++) result = Square(result);
            result *= powers[pair >> 4];
            for (var i = 0; i < 4; i++) result = Square(result);
            result *= powers[pair & 15];
        }

        powers.Clear();
        return result;
    }

    public static Residue<TModulus> Square(in Residue<TModulus> a) => a * a;

    public static Residue<TModulus> Double(in Residue<TModulus> a) => a + a;

    /// <summary>By Fermat: a^(m-2).</summary>
    public static Residue<TModulus> Invert(in Residue<TModulus> a) => Power(a, Inversion);

    public ulong SignMask => 0 - ((this * Unit)._0 & 1);

    public bool Equals(in Residue<TModulus> other) => EqualMask(other) != 0;

    private static Residue<TModulus> PowerOfTwo(Residue<TModulus> value, int exponent)
    {
        for (var i = 0; i < exponent; i++) value += value;
        return value;
    }

    // A number below 2^256, which need not be below m.
    private static Residue<TModulus> Load(ReadOnlySpan<byte> bigEndian)
    {
        Span<ulong> digits = stackalloc ulong[5];
        Radix56.Split(bigEndian, digits);
        var value = new Residue<TModulus>(digits[0], digits[1], digits[2], digits[3], digits[4]) * R2;
        digits.Clear();
        return value;
    }

    // The moduli here end in an odd byte above 1 or in 01; the borrow of the latter is the reason for the loop.
    private static byte[] Minus2(ReadOnlySpan<byte> modulus)
    {
        var bytes = modulus.ToArray();
        var borrow = 2;
        for (var i = bytes.Length - 1; borrow != 0; i--)
        {
            var difference = bytes[i] - borrow;
            bytes[i] = (byte)difference;
            borrow = difference < 0 ? 1 : 0;
        }

        return bytes;
    }
}
