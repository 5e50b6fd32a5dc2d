using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VaultGrid.Crypto.Fields;

/// <summary>
/// Integers modulo an odd prime m of at most 256 bits, kept as a·R mod m for R = 2^280 (Montgomery 1985), in five digits of 56 bits; canonical:
/// digits below 2^56, value below m. No operation branches on an element, or indexes by one.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
[SkipLocalsInit]
internal readonly partial struct Residue<TModulus>
    where TModulus : struct, IModulus
{
    private readonly ulong _0, _1, _2, _3, _4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Residue(ulong d0, ulong d1, ulong d2, ulong d3, ulong d4) => (_0, _1, _2, _3, _4) = (d0, d1, d2, d3, d4);

    private static ulong M0 => TModulus.Digits.D0;

    private static ulong M1 => TModulus.Digits.D1;

    private static ulong M2 => TModulus.Digits.D2;

    private static ulong M3 => TModulus.Digits.D3;

    private static ulong M4 => TModulus.Digits.D4;

    // a + b and a + b - m side by side; the second is the sum unless it is negative.
    public static Residue<TModulus> operator +(in Residue<TModulus> a, in Residue<TModulus> b)
    {
        var s0 = (long)(a._0 + b._0);
        var d0 = (long)(a._0 + b._0 - M0);
        var s1 = (long)(a._1 + b._1) + (s0 >> 56);
        var d1 = (long)(a._1 + b._1 - M1) + (d0 >> 56);
        var s2 = (long)(a._2 + b._2) + (s1 >> 56);
        var d2 = (long)(a._2 + b._2 - M2) + (d1 >> 56);
        var s3 = (long)(a._3 + b._3) + (s2 >> 56);
        var d3 = (long)(a._3 + b._3 - M3) + (d2 >> 56);
        var s4 = (long)(a._4 + b._4) + (s3 >> 56);
        var d4 = (long)(a._4 + b._4 - M4) + (d3 >> 56);
        return Choose(s0, s1, s2, s3, s4, d0, d1, d2, d3, d4, d4 >> 63);
    }

    // a - b and a - b + m; the first is the difference unless it is negative.
    public static Residue<TModulus> operator -(in Residue<TModulus> a, in Residue<TModulus> b)
    {
        var s0 = (long)(a._0 - b._0 + M0);
        var d0 = (long)(a._0 - b._0);
        var s1 = (long)(a._1 - b._1 + M1) + (s0 >> 56);
        var d1 = (long)(a._1 - b._1) + (d0 >> 56);
        var s2 = (long)(a._2 - b._2 + M2) + (s1 >> 56);
        var d2 = (long)(a._2 - b._2) + (d1 >> 56);
        var s3 = (long)(a._3 - b._3 + M3) + (s2 >> 56);
        var d3 = (long)(a._3 - b._3) + (d2 >> 56);
        var s4 = (long)(a._4 - b._4 + M4) + (s3 >> 56);
        var d4 = (long)(a._4 - b._4) + (d3 >> 56);
        return Choose(s0, s1, s2, s3, s4, d0, d1, d2, d3, d4, d4 >> 63);
    }

    public static Residue<TModulus> operator -(in Residue<TModulus> a) => default(Residue<TModulus>) - a;

    // Words stay below 5·4·2^56 + carries < 2^61; the result below m·(1 + a·b / (m·R)) < 2m, even for a below 2^256.
    public static Residue<TModulus> operator *(in Residue<TModulus> a, in Residue<TModulus> b)
    {
        ulong t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0, t5;
        ref var b0 = ref Unsafe.AsRef(in b._0);
        for (var i = 0; i < 5; i++)
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
            t5 = Radix56.High(a._4, bi);

            // The lowest digit of t + m·q becomes zero and is dropped (Fp argues it).
            var q = (t0 * TModulus.NegativeInverse) & Radix56.Mask;
            t1 += ((t0 + Radix56.Mask) >> 56) + Radix56.High(q, M0 << 8);
            t0 = t1 + ((q * (M1 << 8)) >> 8);
            t2 += Radix56.High(q, M1 << 8);
            t1 = t2 + ((q * (M2 << 8)) >> 8);
            t3 += Radix56.High(q, M2 << 8);
            t2 = t3 + ((q * (M3 << 8)) >> 8);
            t4 += Radix56.High(q, M3 << 8);
            t3 = t4 + ((q * (M4 << 8)) >> 8);
            t5 += Radix56.High(q, M4 << 8);
            t4 = t5;
        }

        var s0 = (long)(t0);
        var d0 = (long)(t0 - M0);
        var s1 = (long)(t1) + (s0 >> 56);
        var d1 = (long)(t1 - M1) + (d0 >> 56);
        var s2 = (long)(t2) + (s1 >> 56);
        var d2 = (long)(t2 - M2) + (d1 >> 56);
        var s3 = (long)(t3) + (s2 >> 56);
        var d3 = (long)(t3 - M3) + (d2 >> 56);
        var s4 = (long)(t4) + (s3 >> 56);
        var d4 = (long)(t4 - M4) + (d3 >> 56);
        return Choose(s0, s1, s2, s3, s4, d0, d1, d2, d3, d4, d4 >> 63);
    }

    public static Residue<TModulus> Select(in Residue<TModulus> no, in Residue<TModulus> yes, ulong mask) => new(
        no._0 ^ ((no._0 ^ yes._0) & mask),
        no._1 ^ ((no._1 ^ yes._1) & mask),
        no._2 ^ ((no._2 ^ yes._2) & mask),
        no._3 ^ ((no._3 ^ yes._3) & mask),
        no._4 ^ ((no._4 ^ yes._4) & mask));

    public ulong IsZeroMask => Radix56.IsZeroMask(_0 | _1 | _2 | _3 | _4);

    public ulong EqualMask(in Residue<TModulus> other) => Radix56.IsZeroMask(
        (_0 ^ other._0) | (_1 ^ other._1) | (_2 ^ other._2) | (_3 ^ other._3) | (_4 ^ other._4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Residue<TModulus> Choose(
        long s0, long s1, long s2, long s3, long s4, long d0, long d1, long d2, long d3, long d4, long sign) => new(
        (ulong)(d0 ^ ((d0 ^ s0) & sign)) & Radix56.Mask,
        (ulong)(d1 ^ ((d1 ^ s1) & sign)) & Radix56.Mask,
        (ulong)(d2 ^ ((d2 ^ s2) & sign)) & Radix56.Mask,
        (ulong)(d3 ^ ((d3 ^ s3) & sign)) & Radix56.Mask,
        (ulong)(d4 ^ ((d4 ^ s4) & sign)) & Radix56.Mask);
}
