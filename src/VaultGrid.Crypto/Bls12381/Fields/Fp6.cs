using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VaultGrid.Crypto.Bls12381;

/// <summary>Fp6 = Fp2[v] / (v^3 - ξ): C0 + C1·v + C2·v^2.</summary>
[StructLayout(LayoutKind.Sequential)]
[SkipLocalsInit]
internal readonly struct Fp6(in Fp2 c0, in Fp2 c1, in Fp2 c2)
{
    public readonly Fp2 C0 = c0;
    public readonly Fp2 C1 = c1;
    public readonly Fp2 C2 = c2;

    public static Fp6 One { get; } = new(Fp2.One, default, default);

    public static Fp6 operator +(in Fp6 a, in Fp6 b) => new(a.C0 + b.C0, a.C1 + b.C1, a.C2 + b.C2);

    public static Fp6 operator -(in Fp6 a, in Fp6 b) => new(a.C0 - b.C0, a.C1 - b.C1, a.C2 - b.C2);

    public static Fp6 operator -(in Fp6 a) => new(-a.C0, -a.C1, -a.C2);

    // Karatsuba in three terms (Devegili, Ó hÉigeartaigh, Scott, Dahab 2006/471, section 4): six products.
    public static Fp6 operator *(in Fp6 a, in Fp6 b)
    {
        var v0 = a.C0 * b.C0;
        var v1 = a.C1 * b.C1;
        var v2 = a.C2 * b.C2;
        var x = ((a.C1 + a.C2) * (b.C1 + b.C2)) - v1 - v2;
        var y = ((a.C0 + a.C1) * (b.C0 + b.C1)) - v0 - v1;
        var z = ((a.C0 + a.C2) * (b.C0 + b.C2)) - v0 - v2;
        return new(v0 + x.TimesXi(), y + v2.TimesXi(), z + v1);
    }

    /// <summary>Times b0 + b1·v: five products.</summary>
    public Fp6 Times01(in Fp2 b0, in Fp2 b1)
    {
        var v0 = C0 * b0;
        var v1 = C1 * b1;
        var x = ((C1 + C2) * b1) - v1;
        var y = ((C0 + C1) * (b0 + b1)) - v0 - v1;
        var z = ((C0 + C2) * b0) - v0;
        return new(v0 + x.TimesXi(), y, z + v1);
    }

    /// <summary>Times b1·v.</summary>
    public Fp6 Times1(in Fp2 b1) => new((C2 * b1).TimesXi(), C0 * b1, C1 * b1);

    /// <summary>Times v.</summary>
    public Fp6 TimesV() => new(C2.TimesXi(), C0, C1);

    // With the norms down to Fp2: a · (A + B·v + C·v^2) = F for A = a0^2 - ξ·a1·a2, B = ξ·a2^2 - a0·a1, C = a1^2 - a0·a2.
    public static Fp6 Invert(in Fp6 a)
    {
        var x = Fp2.Square(a.C0) - (a.C1 * a.C2).TimesXi();
        var y = Fp2.Square(a.C2).TimesXi() - (a.C0 * a.C1);
        var z = Fp2.Square(a.C1) - (a.C0 * a.C2);
        var norm = (a.C0 * x) + ((a.C1 * z) + (a.C2 * y)).TimesXi();
        var inverse = Fp2.Invert(norm);
        return new(x * inverse, y * inverse, z * inverse);
    }

    public bool Equals(in Fp6 other) => (C0.EqualMask(other.C0) & C1.EqualMask(other.C1) & C2.EqualMask(other.C2)) != 0;
}
