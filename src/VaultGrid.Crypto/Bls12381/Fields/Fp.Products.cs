using System.Runtime.CompilerServices;
using VaultGrid.Crypto.Fields;

namespace VaultGrid.Crypto.Bls12381;

/// <summary>
/// Squares, and factors of products that are left unreduced because multiplication has room for them: a left factor may have digits of 58 bits, a right one has
/// 56, and values of a few p change nothing about the bound of the result, below p·(1 + 2^-6).
/// </summary>
internal readonly partial struct Fp
{
    /// <summary>a^2, with each of the 21 mixed products computed once and counted twice.</summary>
    public static Fp Square(in Fp a)
    {
        Unsafe.SkipInit(out Columns square);
        ulong c0 = 0, c1 = 0, c2 = 0, c3 = 0, c4 = 0, c5 = 0, c6 = 0, c7 = 0, c8 = 0, c9 = 0, c10 = 0, c11 = 0, c12 = 0, c13 = 0;

        var a0 = a._0 << 8;
        c1 += (a._1 * a0) >> 8;
        c2 += Radix56.High(a._1, a0);
        c2 += (a._2 * a0) >> 8;
        c3 += Radix56.High(a._2, a0);
        c3 += (a._3 * a0) >> 8;
        c4 += Radix56.High(a._3, a0);
        c4 += (a._4 * a0) >> 8;
        c5 += Radix56.High(a._4, a0);
        c5 += (a._5 * a0) >> 8;
        c6 += Radix56.High(a._5, a0);
        c6 += (a._6 * a0) >> 8;
        c7 += Radix56.High(a._6, a0);

        var a1 = a._1 << 8;
        c3 += (a._2 * a1) >> 8;
        c4 += Radix56.High(a._2, a1);
        c4 += (a._3 * a1) >> 8;
        c5 += Radix56.High(a._3, a1);
        c5 += (a._4 * a1) >> 8;
        c6 += Radix56.High(a._4, a1);
        c6 += (a._5 * a1) >> 8;
        c7 += Radix56.High(a._5, a1);
        c7 += (a._6 * a1) >> 8;
        c8 += Radix56.High(a._6, a1);

        var a2 = a._2 << 8;
        c5 += (a._3 * a2) >> 8;
        c6 += Radix56.High(a._3, a2);
        c6 += (a._4 * a2) >> 8;
        c7 += Radix56.High(a._4, a2);
        c7 += (a._5 * a2) >> 8;
        c8 += Radix56.High(a._5, a2);
        c8 += (a._6 * a2) >> 8;
        c9 += Radix56.High(a._6, a2);

        var a3 = a._3 << 8;
        c7 += (a._4 * a3) >> 8;
        c8 += Radix56.High(a._4, a3);
        c8 += (a._5 * a3) >> 8;
        c9 += Radix56.High(a._5, a3);
        c9 += (a._6 * a3) >> 8;
        c10 += Radix56.High(a._6, a3);

        var a4 = a._4 << 8;
        c9 += (a._5 * a4) >> 8;
        c10 += Radix56.High(a._5, a4);
        c10 += (a._6 * a4) >> 8;
        c11 += Radix56.High(a._6, a4);

        var a5 = a._5 << 8;
        c11 += (a._6 * a5) >> 8;
        c12 += Radix56.High(a._6, a5);

        var a6 = a._6 << 8;

        // Words are below 3·2·2^56 so far.
        square[0] = (c0 << 1) + ((a._0 * a0) >> 8);
        square[1] = (c1 << 1) + Radix56.High(a._0, a0);
        square[2] = (c2 << 1) + ((a._1 * a1) >> 8);
        square[3] = (c3 << 1) + Radix56.High(a._1, a1);
        square[4] = (c4 << 1) + ((a._2 * a2) >> 8);
        square[5] = (c5 << 1) + Radix56.High(a._2, a2);
        square[6] = (c6 << 1) + ((a._3 * a3) >> 8);
        square[7] = (c7 << 1) + Radix56.High(a._3, a3);
        square[8] = (c8 << 1) + ((a._4 * a4) >> 8);
        square[9] = (c9 << 1) + Radix56.High(a._4, a4);
        square[10] = (c10 << 1) + ((a._5 * a5) >> 8);
        square[11] = (c11 << 1) + Radix56.High(a._5, a5);
        square[12] = (c12 << 1) + ((a._6 * a6) >> 8);
        square[13] = (c13 << 1) + Radix56.High(a._6, a6);
        return Reduce(square);
    }

    /// <summary>a + b with its digits left as they add up, below 2^57: a left factor, and nothing else.</summary>
    public static Fp UncarriedSum(in Fp a, in Fp b) => new(
        a._0 + b._0, a._1 + b._1, a._2 + b._2, a._3 + b._3, a._4 + b._4, a._5 + b._5, a._6 + b._6);

    /// <summary>a + b with digits below 2^56 and the value below 2p: a factor, and nothing else.</summary>
    public static Fp UnreducedSum(in Fp a, in Fp b)
    {
        var s0 = a._0 + b._0;
        var s1 = a._1 + b._1 + (s0 >> 56);
        var s2 = a._2 + b._2 + (s1 >> 56);
        var s3 = a._3 + b._3 + (s2 >> 56);
        var s4 = a._4 + b._4 + (s3 >> 56);
        var s5 = a._5 + b._5 + (s4 >> 56);
        var s6 = a._6 + b._6 + (s5 >> 56);
        return new(s0 & Radix56.Mask, s1 & Radix56.Mask, s2 & Radix56.Mask, s3 & Radix56.Mask, s4 & Radix56.Mask, s5 & Radix56.Mask, s6);
    }

    /// <summary>
    /// a - b + 2p with uncarried digits below 2^58: a left factor, and nothing else. 2p is written with every digit but the top at least 2^56 - 1, so that no
    /// digit of b is larger.
    /// </summary>
    public static Fp UncarriedDifference(in Fp a, in Fp b) => new(
        a._0 + 0x1fdffffffff5556 - b._0,
        a._1 + 0x1fffd62a7ffff72 - b._1,
        a._2 + 0x141ed61ec483d56 - b._2,
        a._3 + 0x1e70a257ece61a4 - b._3,
        a._4 + 0x19759aec8ee9708 - b._4,
        a._5 + 0x1cd3496374f6c85 - b._5,
        a._6 + 0x340223d472fe - b._6);

    // Montgomery's reduction of fourteen words below 2^62 that make up a number below p^2.
    private static Fp Reduce(in Columns columns)
    {
        var (t0, t1, t2, t3, t4, t5, t6) = (columns[0], columns[1], columns[2], columns[3], columns[4], columns[5], columns[6]);
        ref var high = ref Unsafe.AsRef(in columns[7]);
        for (var i = 0; i < 7; i++)
        {
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
            var t7 = Radix56.High(m, P6 << 8);
            t6 = t7 + Unsafe.Add(ref high, i);
        }

        return Reduce(t0, t1, t2, t3, t4, t5, t6);
    }

    [InlineArray(14)]
    private struct Columns
    {
        private ulong _0;
    }
}
