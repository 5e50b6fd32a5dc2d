using System.Runtime.CompilerServices;
using VaultGrid.Crypto.Fields;

namespace VaultGrid.Crypto.Bls12381;

/// <summary>x, the parameter of the family: negative, 64 bits, six of them set. p and r are polynomials in it.</summary>
internal static class CurveParameter
{
    /// <summary>z = -x.</summary>
    public const ulong Z = 0xd201000000010000;

    // floor((2^128 - 1) / z) - 2^64
    private const ulong Reciprocal = 0x381204ca56cd56b5;

    /// <summary>
    /// The four digits of a scalar in base z, the least first; r = z^4 - z^2 + 1 is below z^4. No instruction of variable time: division is by
    /// a reciprocal.
    /// </summary>
    public static void Digits(in Residue<GroupOrder> scalar, Span<ulong> digits)
    {
        Span<byte> bytes = stackalloc byte[Residue<GroupOrder>.Length];
        scalar.Write(bytes);
        Span<ulong> words = stackalloc ulong[4];
        for (var i = 0; i < 4; i++) words[i] = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes[(24 - (8 * i))..]);
        for (var i = 0; i < 4; i++) digits[i] = DivideInPlace(words);
        bytes.Clear();
        words.Clear();
    }

    /// <summary>z·P by 63 doublings and five additions; z is public, so its bits may steer.</summary>
    public static Projective<TField, TCurve> TimesZ<TField, TCurve>(in Projective<TField, TCurve> point)
        where TField : unmanaged, IField<TField>
        where TCurve : struct, ICurve<TField>
    {
        var result = point;
        for (var bit = 62; bit >= 0; bit--)
        {
            result = Projective<TField, TCurve>.Double(result);
            if (((Z >> bit) & 1) != 0) result += point;
        }

        return result;
    }

    // Words := floor(words / z), and the remainder: schoolbook division from the top word down.
    private static ulong DivideInPlace(Span<ulong> words)
    {
        ulong remainder = 0;
        for (var i = words.Length - 1; i >= 0; i--) words[i] = Divide(remainder, words[i], out remainder);
        return remainder;
    }

    // Two words by one, Möller and Granlund, "Improved division by invariant integers", algorithm 4, its two corrections multiplied by a bit. z has its top
    // bit set, and u1 < z.
    private static ulong Divide(ulong u1, ulong u0, out ulong remainder)
    {
        var q = ((UInt128)Reciprocal * u1) + new UInt128(u1, u0);
        var q1 = (ulong)(q >> 64) + 1;
        var q0 = (ulong)q;
        var r = u0 - (q1 * Z);

        var tooLarge = IsBelow(q0, r);
        q1 -= tooLarge;
        r += tooLarge * Z;

        var tooSmall = IsBelow(r, Z) ^ 1;
        q1 += tooSmall;
        r -= tooSmall * Z;
        remainder = r;
        return q1;
    }

    // 1 if a < b, else 0: the borrow out of a - b (Hacker's Delight, 2-13).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong IsBelow(ulong a, ulong b) => ((~a & b) | ((~a | b) & (a - b))) >> 63;
}
