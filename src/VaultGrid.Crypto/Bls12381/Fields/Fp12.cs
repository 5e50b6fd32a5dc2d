using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VaultGrid.Crypto.Bls12381;

/// <summary>Fp12 = Fp6[w] / (w^2 - v): C0 + C1·w. Pairings have their values here; those are public, still nothing branches on them.</summary>
[StructLayout(LayoutKind.Sequential)]
[SkipLocalsInit]
internal readonly struct Fp12(in Fp6 c0, in Fp6 c1)
{
    public readonly Fp6 C0 = c0;
    public readonly Fp6 C1 = c1;

    // (p - 1)/6
    private static readonly byte[] SixthOfOrder = Fp.Exponent(
        "045582fc5eeaa66f0c849bf3b5e1f223e613e1eb7deb831fe688231ad3c82906051caaaa72e3555549aa7ffffffff1c7");

    // w^p = w·γ for γ = ξ^((p-1)/6), as w^6 = ξ; so the i-th power of w is multiplied by the i-th power of γ.
    private static readonly Fp2[] Gamma = Powers(Fp2.Power(new Fp2(Fp.One, Fp.One), SixthOfOrder));

    public static Fp12 One { get; } = new(Fp6.One, default);

    // Karatsuba
    public static Fp12 operator *(in Fp12 a, in Fp12 b)
    {
        var v0 = a.C0 * b.C0;
        var v1 = a.C1 * b.C1;
        return new(v0 + v1.TimesV(), ((a.C0 + a.C1) * (b.C0 + b.C1)) - v0 - v1);
    }

    // Complex squaring: (a0 + a1)(a0 + v·a1) = a0^2 + v·a1^2 + (1 + v)·a0·a1
    public static Fp12 Square(in Fp12 a)
    {
        var product = a.C0 * a.C1;
        var sum = (a.C0 + a.C1) * (a.C0 + a.C1.TimesV());
        return new(sum - product - product.TimesV(), product + product);
    }

    /// <summary>Times b0 + b1·v + b4·v·w, the shape of a line: 13 products.</summary>
    public Fp12 Times014(in Fp2 b0, in Fp2 b1, in Fp2 b4)
    {
        var v0 = C0.Times01(b0, b1);
        var v1 = C1.Times1(b4);
        return new(v0 + v1.TimesV(), (C0 + C1).Times01(b0, b1 + b4) - v0 - v1);
    }

    /// <summary>a^(p^6); the inverse, where a is in the cyclotomic subgroup.</summary>
    public Fp12 Conjugate() => new(C0, -C1);

    public static Fp12 Invert(in Fp12 a)
    {
        var inverse = Fp6.Invert((a.C0 * a.C0) - (a.C1 * a.C1).TimesV());
        return new(a.C0 * inverse, -(a.C1 * inverse));
    }

    /// <summary>a^p.</summary>
    public Fp12 Frobenius() => new(
        new Fp6(C0.C0.Conjugate(), C0.C1.Conjugate() * Gamma[2], C0.C2.Conjugate() * Gamma[4]),
        new Fp6(C1.C0.Conjugate() * Gamma[1], C1.C1.Conjugate() * Gamma[3], C1.C2.Conjugate() * Gamma[5]));

    /// <summary>
    /// The square of an element of the cyclotomic subgroup, of order p^4 - p^2 + 1 (Granger and Scott 2009/565, 3.2): three squarings in Fp4,
    /// seen as Fp2[s] / (s^2 - ξ), of the pairs (g0, h1), (h0, g2), (g1, h2) for a = g + h·w.
    /// </summary>
    public static Fp12 CyclotomicSquare(in Fp12 a)
    {
        SquareFp4(a.C0.C0, a.C1.C1, out var t0, out var t1);
        SquareFp4(a.C1.C0, a.C0.C2, out var t2, out var t3);
        SquareFp4(a.C0.C1, a.C1.C2, out var t4, out var t5);

        return new(
            new Fp6(ThriceMinusTwice(t0, a.C0.C0), ThriceMinusTwice(t2, a.C0.C1), ThriceMinusTwice(t4, a.C0.C2)),
            new Fp6(ThricePlusTwice(t5.TimesXi(), a.C1.C0), ThricePlusTwice(t1, a.C1.C1), ThricePlusTwice(t3, a.C1.C2)));
    }

    public bool Equals(in Fp12 other) => C0.Equals(other.C0) & C1.Equals(other.C1);

    // (a + b·s)^2 = a^2 + ξ·b^2 + 2ab·s
    private static void SquareFp4(in Fp2 a, in Fp2 b, out Fp2 c0, out Fp2 c1)
    {
        var a2 = Fp2.Square(a);
        var b2 = Fp2.Square(b);
        c0 = a2 + b2.TimesXi();
        c1 = Fp2.Square(a + b) - a2 - b2;
    }

    // 3t - 2a
    private static Fp2 ThriceMinusTwice(in Fp2 t, in Fp2 a) => Fp2.Double(t - a) + t;

    // 3t + 2a
    private static Fp2 ThricePlusTwice(in Fp2 t, in Fp2 a) => Fp2.Double(t + a) + t;

    private static Fp2[] Powers(Fp2 gamma)
    {
        var powers = new Fp2[6];
        powers[0] = Fp2.One;
        for (var i = 1; i < powers.Length; i++) powers[i] = powers[i - 1] * gamma;
        return powers;
    }
}
