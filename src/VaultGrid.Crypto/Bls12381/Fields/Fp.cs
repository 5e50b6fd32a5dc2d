using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VaultGrid.Crypto.Fields;

namespace VaultGrid.Crypto.Bls12381;

/// <summary>
/// The base field: integers modulo p, 381 bits. An element a is kept as a·R mod p, R = 2^392 (Montgomery 1985), in seven digits of 56 bits,
/// and is always canonical: digits below 2^56, value below p.
/// </summary>
/// <remarks>
/// No operation branches on, or indexes by, an element. <c>Parse</c> and the constants of the curve are the only callers that hold public values alone.
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
[SkipLocalsInit]
internal readonly partial struct Fp
{
    /// <summary>Bytes of an element on the wire, big-endian.</summary>
    public const int Length = 48;

    // p = 0x1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab
    private const ulong P0 = 0xfeffffffffaaab;
    private const ulong P1 = 0xfffeb153ffffb9;
    private const ulong P2 = 0xa0f6b0f6241eab;
    private const ulong P3 = 0xf38512bf6730d2;
    private const ulong P4 = 0x4bacd764774b84;
    private const ulong P5 = 0xe69a4b1ba7b643;
    private const ulong P6 = 0x1a0111ea397f;

    // -1/p mod 2^56
    private const ulong NegativeInverse = 0xf3fffcfffcfffd;

    private readonly ulong _0, _1, _2, _3, _4, _5, _6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Fp(ulong d0, ulong d1, ulong d2, ulong d3, ulong d4, ulong d5, ulong d6) =>
        (_0, _1, _2, _3, _4, _5, _6) = (d0, d1, d2, d3, d4, d5, d6);

    public static Fp operator +(in Fp a, in Fp b)
    {
        // s = a + b and d = a + b - p, carried side by side; d is the sum if it is not negative. a + b < 2p, so one subtraction is enough.
        var s0 = (long)(a._0 + b._0);
        var d0 = (long)(a._0 + b._0 - P0);
        var s1 = (long)(a._1 + b._1) + (s0 >> 56);
        var d1 = (long)(a._1 + b._1 - P1) + (d0 >> 56);
        var s2 = (long)(a._2 + b._2) + (s1 >> 56);
        var d2 = (long)(a._2 + b._2 - P2) + (d1 >> 56);
        var s3 = (long)(a._3 + b._3) + (s2 >> 56);
        var d3 = (long)(a._3 + b._3 - P3) + (d2 >> 56);
        var s4 = (long)(a._4 + b._4) + (s3 >> 56);
        var d4 = (long)(a._4 + b._4 - P4) + (d3 >> 56);
        var s5 = (long)(a._5 + b._5) + (s4 >> 56);
        var d5 = (long)(a._5 + b._5 - P5) + (d4 >> 56);
        var s6 = (long)(a._6 + b._6) + (s5 >> 56);
        var d6 = (long)(a._6 + b._6 - P6) + (d5 >> 56);
        return Choose(s0, s1, s2, s3, s4, s5, s6, d0, d1, d2, d3, d4, d5, d6, d6 >> 63);
    }

    public static Fp operator -(in Fp a, in Fp b)
    {
        // d = a - b and s = a - b + p; d is the difference if it is not negative.
        var d0 = (long)(a._0 - b._0);
        var s0 = (long)(a._0 - b._0 + P0);
        var d1 = (long)(a._1 - b._1) + (d0 >> 56);
        var s1 = (long)(a._1 - b._1 + P1) + (s0 >> 56);
        var d2 = (long)(a._2 - b._2) + (d1 >> 56);
        var s2 = (long)(a._2 - b._2 + P2) + (s1 >> 56);
        var d3 = (long)(a._3 - b._3) + (d2 >> 56);
        var s3 = (long)(a._3 - b._3 + P3) + (s2 >> 56);
        var d4 = (long)(a._4 - b._4) + (d3 >> 56);
        var s4 = (long)(a._4 - b._4 + P4) + (s3 >> 56);
        var d5 = (long)(a._5 - b._5) + (d4 >> 56);
        var s5 = (long)(a._5 - b._5 + P5) + (s4 >> 56);
        var d6 = (long)(a._6 - b._6) + (d5 >> 56);
        var s6 = (long)(a._6 - b._6 + P6) + (s5 >> 56);
        return Choose(s0, s1, s2, s3, s4, s5, s6, d0, d1, d2, d3, d4, d5, d6, d6 >> 63);
    }

    public static Fp operator -(in Fp a) => default(Fp) - a;

    public static Fp Double(in Fp a) => a + a;

    public static Fp operator *(in Fp a, in Fp b)
    {
        // Bound of a word before its digit is shifted out: 7 rows, each adding at most four numbers below 2^56 (one below 2^58, should a be uncarried) and a
        // carry, stay below 2^62. Bound of the result: (a·b + m·p) / R < p·(1 + 6p/R) < 2p for a < 3p, b < 2p and m < R.
        ulong t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0, t5 = 0, t6 = 0, t7;
        ref var b0 = ref Unsafe.AsRef(in b._0);
        for (var i = 0; i < 7; i++)
        {
            // Row: t += a·b_i, each product split into its two digits.
            var bi = Unsafe.Add(ref b0, i) << 8;
            t0 += (a._0 * bi) >> 8;
            t1 += Radix56.High(a._0, bi);
            t1 += (a._1 * bi) >> 8;
            t2 += Radix56.High(a._1, bi);
            t2 += (a._2 * bi) >> 8;
            t3 += Radix56.High(a._2, bi);
            t3 += (a._3 * bi) >> 8;
            t4 += Radix56.High(a._3, bi);
            t4 += (a._4 * bi) >> 8;
            t5 += Radix56.High(a._4, bi);
            t5 += (a._5 * bi) >> 8;
            t6 += Radix56.High(a._5, bi);
            t6 += (a._6 * bi) >> 8;
            t7 = Radix56.High(a._6, bi);

            // Reduction: with m = -t/p mod 2^56 the lowest digit of t + m·p is zero, and t moves down by one digit. The lowest digit
            // need not be computed: it is 0 or 2^56, the latter unless it was zero before.
            var m = (t0 * NegativeInverse) & Radix56.Mask;
            t1 += ((t0 + Radix56.Mask) >> 56) + Radix56.High(m, P0 << 8);
            t0 = t1 + ((m * (P1 << 8)) >> 8);
            t2 += Radix56.High(m, P1 << 8);
            t1 = t2 + ((m * (P2 << 8)) >> 8);
            t3 += Radix56.High(m, P2 << 8);
            t2 = t3 + ((m * (P3 << 8)) >> 8);
            t4 += Radix56.High(m, P3 << 8);
            t3 = t4 + ((m * (P4 << 8)) >> 8);
            t5 += Radix56.High(m, P4 << 8);
            t4 = t5 + ((m * (P5 << 8)) >> 8);
            t6 += Radix56.High(m, P5 << 8);
            t5 = t6 + ((m * (P6 << 8)) >> 8);
            t7 += Radix56.High(m, P6 << 8);
            t6 = t7;
        }

        return Reduce(t0, t1, t2, t3, t4, t5, t6);
    }

    /// <summary>a·b + c·d with a single reduction.</summary>
    public static Fp SumOfProducts(in Fp a, in Fp b, in Fp c, in Fp d)
    {
        // As above with twice the products, and digits of a or c of up to 58 bits: words stay below 7·(2·2^58 + 4·2^56) + carries < 2^62. With a below 4p
        // the result is below p·(1 + 5p/R) < 2p.
        ulong t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0, t5 = 0, t6 = 0, t7;
        ref var b0 = ref Unsafe.AsRef(in b._0);
        ref var d0 = ref Unsafe.AsRef(in d._0);
        for (var i = 0; i < 7; i++)
        {
            var bi = Unsafe.Add(ref b0, i) << 8;
            t0 += (a._0 * bi) >> 8;
            t1 += Radix56.High(a._0, bi);
            t1 += (a._1 * bi) >> 8;
            t2 += Radix56.High(a._1, bi);
            t2 += (a._2 * bi) >> 8;
            t3 += Radix56.High(a._2, bi);
            t3 += (a._3 * bi) >> 8;
            t4 += Radix56.High(a._3, bi);
            t4 += (a._4 * bi) >> 8;
            t5 += Radix56.High(a._4, bi);
            t5 += (a._5 * bi) >> 8;
            t6 += Radix56.High(a._5, bi);
            t6 += (a._6 * bi) >> 8;
            t7 = Radix56.High(a._6, bi);

            var di = Unsafe.Add(ref d0, i) << 8;
            t0 += (c._0 * di) >> 8;
            t1 += Radix56.High(c._0, di);
            t1 += (c._1 * di) >> 8;
            t2 += Radix56.High(c._1, di);
            t2 += (c._2 * di) >> 8;
            t3 += Radix56.High(c._2, di);
            t3 += (c._3 * di) >> 8;
            t4 += Radix56.High(c._3, di);
            t4 += (c._4 * di) >> 8;
            t5 += Radix56.High(c._4, di);
            t5 += (c._5 * di) >> 8;
            t6 += Radix56.High(c._5, di);
            t6 += (c._6 * di) >> 8;
            t7 += Radix56.High(c._6, di);

            // Reduction: with m = -t/p mod 2^56 the lowest digit of t + m·p is zero, and t moves down by one digit. The lowest digit
            // need not be computed: it is 0 or 2^56, the latter unless it was zero before.
            var m = (t0 * NegativeInverse) & Radix56.Mask;
            t1 += ((t0 + Radix56.Mask) >> 56) + Radix56.High(m, P0 << 8);
            t0 = t1 + ((m * (P1 << 8)) >> 8);
            t2 += Radix56.High(m, P1 << 8);
            t1 = t2 + ((m * (P2 << 8)) >> 8);
            t3 += Radix56.High(m, P2 << 8);
            t2 = t3 + ((m * (P3 << 8)) >> 8);
            t4 += Radix56.High(m, P3 << 8);
            t3 = t4 + ((m * (P4 << 8)) >> 8);
            t5 += Radix56.High(m, P4 << 8);
            t4 = t5 + ((m * (P5 << 8)) >> 8);
            t6 += Radix56.High(m, P5 << 8);
            t5 = t6 + ((m * (P6 << 8)) >> 8);
            t7 += Radix56.High(m, P6 << 8);
            t6 = t7;
        }

        return Reduce(t0, t1, t2, t3, t4, t5, t6);
    }

    /// <inheritdoc cref="IField{T}.Select"/>
    public static Fp Select(in Fp no, in Fp yes, ulong mask) => new(
        no._0 ^ ((no._0 ^ yes._0) & mask),
        no._1 ^ ((no._1 ^ yes._1) & mask),
        no._2 ^ ((no._2 ^ yes._2) & mask),
        no._3 ^ ((no._3 ^ yes._3) & mask),
        no._4 ^ ((no._4 ^ yes._4) & mask),
        no._5 ^ ((no._5 ^ yes._5) & mask),
        no._6 ^ ((no._6 ^ yes._6) & mask));

    public ulong IsZeroMask => Radix56.IsZeroMask(_0 | _1 | _2 | _3 | _4 | _5 | _6);

    public ulong EqualMask(in Fp other) => Radix56.IsZeroMask(
        (_0 ^ other._0) | (_1 ^ other._1) | (_2 ^ other._2) | (_3 ^ other._3) | (_4 ^ other._4) | (_5 ^ other._5) | (_6 ^ other._6));

    // Carries words of up to 63 bits into digits; the value is below 2p.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Fp Reduce(ulong t0, ulong t1, ulong t2, ulong t3, ulong t4, ulong t5, ulong t6)
    {
        var s0 = (long)t0;
        var d0 = (long)(t0 - P0);
        var s1 = (long)t1 + (s0 >> 56);
        var d1 = (long)(t1 - P1) + (d0 >> 56);
        var s2 = (long)t2 + (s1 >> 56);
        var d2 = (long)(t2 - P2) + (d1 >> 56);
        var s3 = (long)t3 + (s2 >> 56);
        var d3 = (long)(t3 - P3) + (d2 >> 56);
        var s4 = (long)t4 + (s3 >> 56);
        var d4 = (long)(t4 - P4) + (d3 >> 56);
        var s5 = (long)t5 + (s4 >> 56);
        var d5 = (long)(t5 - P5) + (d4 >> 56);
        var s6 = (long)t6 + (s5 >> 56);
        var d6 = (long)(t6 - P6) + (d5 >> 56);
        return Choose(s0, s1, s2, s3, s4, s5, s6, d0, d1, d2, d3, d4, d5, d6, d6 >> 63);
    }

    // s where the sign is all ones, else d; only the lower 56 bits of each word belong to the digit, the rest was carried on.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Fp Choose(
        long s0, long s1, long s2, long s3, long s4, long s5, long s6,
        long d0, long d1, long d2, long d3, long d4, long d5, long d6, long sign) => new(
        (ulong)(d0 ^ ((d0 ^ s0) & sign)) & Radix56.Mask,
        (ulong)(d1 ^ ((d1 ^ s1) & sign)) & Radix56.Mask,
        (ulong)(d2 ^ ((d2 ^ s2) & sign)) & Radix56.Mask,
        (ulong)(d3 ^ ((d3 ^ s3) & sign)) & Radix56.Mask,
        (ulong)(d4 ^ ((d4 ^ s4) & sign)) & Radix56.Mask,
        (ulong)(d5 ^ ((d5 ^ s5) & sign)) & Radix56.Mask,
        (ulong)(d6 ^ ((d6 ^ s6) & sign)) & Radix56.Mask);
}
