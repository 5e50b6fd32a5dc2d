using System.Runtime.InteropServices;
using VaultGrid.Crypto.Fields;

namespace VaultGrid.Crypto.Bls12381;

/// <summary>Powers, roots and encodings.</summary>
internal readonly partial struct Fp : ICoordinate<Fp>
{
    // R^2 mod p: multiplying by it, Montgomery's way, brings a number into the representation.
    private static readonly Fp R2 = new(
        0x6d1c34510370ed, 0xec45c53e243d62, 0x093317d3b1d65a, 0x5d74088b4f36a0, 0x865d118c10ea72, 0xfd5cd507320a75, 0x0c8d4cc8a759);

    // The number 1, not its representation: multiplying by it leaves the representation.
    private static readonly Fp Unit = new(1, 0, 0, 0, 0, 0, 0);

    private static readonly byte[] Modulus = Exponent(
        "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab");

    // (p - 1)/2, the largest number that is not the greater of a and -a.
    private static readonly byte[] Half = Exponent(
        "0d0088f51cbff34d258dd3db21a5d66bb23ba5c279c2895fb39869507b587b120f55ffff58a9ffffdcff7fffffffd555");

    // p - 2
    private static readonly byte[] Inversion = Exponent(
        "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaa9");

    // (p - 3)/4; p = 3 mod 4
    private static readonly byte[] RootExponent = Exponent(
        "0680447a8e5ff9a692c6e9ed90d2eb35d91dd2e13ce144afd9cc34a83dac3d8907aaffffac54ffffee7fbfffffffeaaa");

    public static int ByteLength => Length;

    public static Fp One { get; } = Unit * R2;

    private static readonly Fp TwoTo384 = PowerOfTwo(384);

    /// <summary>1/2.</summary>
    public static Fp OneHalf { get; } = Invert(One + One);

    /// <summary>A small number.</summary>
    public static Fp From(uint number) => new Fp(number, 0, 0, 0, 0, 0, 0) * R2;

    /// <summary>A constant of a specification: 96 hex digits or less.</summary>
    public static Fp From(string hex) =>
        TryRead(Convert.FromHexString(hex.PadLeft(2 * Length, '0')), out var value)
            ? value : throw new FormatException("This constant is not below the modulus.");

    /// <summary>Reads 48 bytes, big-endian; false if the number is not below p. What it says is public, the number need not be.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bigEndian, out Fp value)
    {
        value = default;
        if (bigEndian.Length != Length || !(BigEndian.IsBelow(bigEndian, Modulus) != 0)) return false;
        value = Load(bigEndian);
        return true;
    }

    /// <summary>A number of 64 bytes modulo p: for uniform bytes, uniform to within 2^-131 (RFC 9380, 5).</summary>
    public static Fp Reduce(ReadOnlySpan<byte> wide)
    {
        if (wide.Length != 64) throw new ArgumentException("64 bytes are reduced.", nameof(wide));

        // The lower 384 bits may exceed p, up to 8p: (8p·R2 + m·p) / R is still below 2p, as multiplication needs.
        return Load(wide[16..]) + (Load(wide[..16]) * TwoTo384);
    }

    /// <summary>Writes 48 bytes, big-endian.</summary>
    public void Write(Span<byte> bigEndian)
    {
        var plain = this * Unit;
        Radix56.Join(MemoryMarshal.CreateReadOnlySpan(in plain._0, 7), bigEndian[..Length]);
    }

    /// <summary>a^exponent for a public exponent, big-endian: four bits at a time.</summary>
    public static Fp Power(in Fp a, ReadOnlySpan<byte> exponent)
    {
        Span<Fp> powers = stackalloc Fp[16];
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

    /// <summary>By Fermat: a^(p-2).</summary>
    public static Fp Invert(in Fp a) => Power(a, Inversion);

    /// <summary>
    /// a^((p-3)/4) =: e. Its square times a is the Legendre symbol of a, so e·a is a root of a or of -a, and e is plus or minus the inverse of that.
    /// </summary>
    public static Fp RootPower(in Fp a) => Power(a, RootExponent);

    /// <inheritdoc/>
    public static bool TryRoot(in Fp square, out Fp root)
    {
        root = RootPower(square) * square;
        return Square(root).Equals(square);
    }

    public ulong SignMask => 0 - ((this * Unit)._0 & 1);

    /// <summary>All ones if this is the greater of itself and its negative, as numbers (the sign of the ZCash encoding).</summary>
    public ulong IsGreaterMask
    {
        get
        {
            Span<byte> bytes = stackalloc byte[Length];
            Write(bytes);
            return BigEndian.IsBelow(Half, bytes);
        }
    }

    public bool Equals(in Fp other) => EqualMask(other) != 0;

    internal static byte[] Exponent(string hex) => Convert.FromHexString(hex);

    private static Fp PowerOfTwo(int exponent)
    {
        var power = One;
        for (var i = 0; i < exponent; i++) power += power;
        return power;
    }

    // A number below 2^384, which need not be below p.
    private static Fp Load(ReadOnlySpan<byte> bigEndian)
    {
        Span<ulong> digits = stackalloc ulong[7];
        Radix56.Split(bigEndian, digits);
        var value = new Fp(digits[0], digits[1], digits[2], digits[3], digits[4], digits[5], digits[6]) * R2;
        digits.Clear();
        return value;
    }
}
