using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VaultGrid.Crypto.Bls12381;

/// <summary>
/// A line through points of the twist, up to factors that the final exponentiation removes (those in Fp2, and powers of w^3): at P = (x_P, y_P) it is
/// C0 + C1·x_P·v + C4·y_P·v·w.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct Line(in Fp2 c0, in Fp2 c1, in Fp2 c4)
{
    public readonly Fp2 C0 = c0;
    public readonly Fp2 C1 = c1;
    public readonly Fp2 C4 = c4;
}

/// <summary>The steps of Miller's loop on the twist, in homogeneous coordinates.</summary>
/// <remarks>
/// The twist point (x, y) stands for (x/w^2, y/w^3) on E, as w^6 = ξ. A line of slope λ through it, evaluated at P and multiplied by w^3, is
/// (λx - y) - λ·x_P·w^2 + y_P·w^3, where w^2 = v and w^3 = v·w. Below, slopes are fractions and the line is multiplied by their denominator.
/// </remarks>
[SkipLocalsInit]
internal static class LineFunctions
{
    /// <summary>T := 2T, and the tangent at the old T (Aranha, Karabina, Longa, Gebotys, López 2010/526, section 4).</summary>
    public static Line Double(ref Fp2 x, ref Fp2 y, ref Fp2 z)
    {
        var a = (x * y) * Fp.OneHalf;
        var b = Fp2.Square(y);
        var c = Fp2.Square(z);
        var e = G2Curve.TimesB3(c);
        var f = Fp2.Double(e) + e;
        var g = (b + f) * Fp.OneHalf;
        var h = Fp2.Square(y + z) - (b + c);
        var j = Fp2.Square(x);
        var e2 = Fp2.Square(e);

        x = a * (b - f);
        y = Fp2.Square(g) - (Fp2.Double(e2) + e2);
        z = b * h;

        // λ = 3X^2 / 2YZ, and λx - y = (Y^2 - 3b'Z^2) / 2YZ by the equation of the curve; times -2YZ = -H.
        return new Line(e - b, Fp2.Double(j) + j, -h);
    }

    /// <summary>T := T + Q, and the line through both; Q is affine, and neither T nor -T, nor infinity.</summary>
    public static Line Add(ref Fp2 x, ref Fp2 y, ref Fp2 z, in Fp2 qx, in Fp2 qy)
    {
        // The slope is θ / λ.
        var theta = y - (qy * z);
        var lambda = x - (qx * z);
        var c = Fp2.Square(theta);
        var d = Fp2.Square(lambda);
        var e = lambda * d;
        var f = z * c;
        var g = x * d;
        var h = e + f - Fp2.Double(g);

        x = lambda * h;
        y = (theta * (g - h)) - (e * y);
        z *= e;
        return new Line((theta * qx) - (lambda * qy), -theta, lambda);
    }
}
