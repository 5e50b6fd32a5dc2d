using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VaultGrid.Crypto.Fields;

namespace VaultGrid.Crypto.Bls12381;

/// <summary>
/// A point in homogeneous coordinates: x = X/Z, y = Y/Z, infinity is (0 : 1 : 0). The formulas are those of Renes, Costello and Batina (2015/1060, section 3.3:
/// algorithms 7 and 9 for a = 0). They are complete unless the difference of two points has order two; both curves here have odd order
/// (x is even, so both cofactors and r are odd), so they hold for every pair, infinity and equal points included, and nothing ever branches.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
[SkipLocalsInit]
internal readonly struct Projective<TField, TCurve>(in TField x, in TField y, in TField z)
    where TField : unmanaged, IField<TField>
    where TCurve : struct, ICurve<TField>
{
    public readonly TField X = x;
    public readonly TField Y = y;
    public readonly TField Z = z;

    public Projective(in TField x, in TField y)
        : this(x, y, TField.One)
    {
    }

    public static Projective<TField, TCurve> Infinity => new(default, TField.One, default);

    // Algorithm 7.
    public static Projective<TField, TCurve> operator +(in Projective<TField, TCurve> p, in Projective<TField, TCurve> q)
    {
        var t0 = p.X * q.X;
        var t1 = p.Y * q.Y;
        var t2 = p.Z * q.Z;
        var t3 = ((p.X + p.Y) * (q.X + q.Y)) - (t0 + t1);
        var t4 = ((p.Y + p.Z) * (q.Y + q.Z)) - (t1 + t2);
        var y3 = TCurve.TimesB3(((p.X + p.Z) * (q.X + q.Z)) - (t0 + t2));
        t0 = TField.Double(t0) + t0;
        t2 = TCurve.TimesB3(t2);
        var z3 = t1 + t2;
        t1 -= t2;
        return new((t3 * t1) - (t4 * y3), (t1 * z3) + (y3 * t0), (z3 * t4) + (t0 * t3));
    }

    public static Projective<TField, TCurve> operator -(in Projective<TField, TCurve> p) => new(p.X, -p.Y, p.Z);

    public static Projective<TField, TCurve> operator -(in Projective<TField, TCurve> p, in Projective<TField, TCurve> q) => p + (-q);

    // Algorithm 9.
    public static Projective<TField, TCurve> Double(in Projective<TField, TCurve> p)
    {
        var t0 = TField.Square(p.Y);
        var z3 = TField.Double(TField.Double(TField.Double(t0)));
        var t1 = p.Y * p.Z;
        var t2 = TCurve.TimesB3(TField.Square(p.Z));
        var x3 = t2 * z3;
        var y3 = t0 + t2;
        z3 = t1 * z3;
        t0 -= TField.Double(t2) + t2;
        y3 = (t0 * y3) + x3;
        return new(TField.Double(t0 * (p.X * p.Y)), y3, z3);
    }

    public static Projective<TField, TCurve> Select(in Projective<TField, TCurve> no, in Projective<TField, TCurve> yes, ulong mask) => new(
        TField.Select(no.X, yes.X, mask), TField.Select(no.Y, yes.Y, mask), TField.Select(no.Z, yes.Z, mask));

    public bool IsInfinity => Z.IsZeroMask != 0;

    public bool IsOnCurve
    {
        get
        {
            var z2 = TField.Square(Z);
            return (TField.Square(Y) * Z).EqualMask((TField.Square(X) * X) + (TCurve.B * (z2 * Z))) != 0;
        }
    }

    /// <summary>The same point, cross-multiplied. (0 : 0 : 0) is no point, and no operation gives it.</summary>
    public bool Equals(in Projective<TField, TCurve> other) =>
        ((X * other.Z).EqualMask(other.X * Z) & (Y * other.Z).EqualMask(other.Y * Z) & ~(Z.IsZeroMask ^ other.Z.IsZeroMask)) != 0;

    /// <summary>(x, y), or (0, 0) for infinity, which is not on either curve.</summary>
    public void ToAffine(out TField x, out TField y)
    {
        var inverse = TField.Invert(Z);
        x = X * inverse;
        y = Y * inverse;
    }
}
