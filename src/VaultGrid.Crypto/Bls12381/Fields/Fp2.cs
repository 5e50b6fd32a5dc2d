using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VaultGrid.Crypto.Bls12381;

/// <summary>Fp2 = Fp[u] / (u^2 + 1): C0 + C1·u.</summary>
[StructLayout(LayoutKind.Sequential)]
[SkipLocalsInit]
internal readonly struct Fp2(in Fp c0, in Fp c1) : ICoordinate<Fp2>
{
    public readonly Fp C0 = c0;
    public readonly Fp C1 = c1;

    public static Fp2 One { get; } = new(Fp.One, default);

    public static int ByteLength => 2 * Fp.Length;

    public static Fp2 From(string c0, string c1) => new(Fp.From(c0), Fp.From(c1));

    public static Fp2 operator +(in Fp2 a, in Fp2 b) => new(a.C0 + b.C0, a.C1 + b.C1);

    public static Fp2 operator -(in Fp2 a, in Fp2 b) => new(a.C0 - b.C0, a.C1 - b.C1);

    public static Fp2 operator -(in Fp2 a) => new(-a.C0, -a.C1);

    // u^2 = -1. Each coordinate is one sum of two products with one reduction: as many word products as Karatsuba with three reductions, and none of its
    // additions. (Karatsuba with two reductions saves a sixth of the word products, and was no faster: what it saves it spends on moving words.)
    public static Fp2 operator *(in Fp2 a, in Fp2 b)
    {
        var negative = Fp.UncarriedDifference(default, a.C1);
        return new(Fp.SumOfProducts(negative, b.C1, a.C0, b.C0), Fp.SumOfProducts(a.C0, b.C1, a.C1, b.C0));
    }

    public static Fp2 operator *(in Fp2 a, in Fp b) => new(a.C0 * b, a.C1 * b);

    // (a0 - a1)(a0 + a1) + 2·a0·a1·u; the factors are below 3p and 2p.
    public static Fp2 Square(in Fp2 a) =>
        new(Fp.UncarriedDifference(a.C0, a.C1) * Fp.UnreducedSum(a.C0, a.C1), Fp.UncarriedSum(a.C0, a.C0) * a.C1);

    public static Fp2 Double(in Fp2 a) => a + a;

    public static Fp2 Select(in Fp2 no, in Fp2 yes, ulong mask) =>
        new(Fp.Select(no.C0, yes.C0, mask), Fp.Select(no.C1, yes.C1, mask));

    // (a0 - a1·u) / (a0^2 + a1^2)
    public static Fp2 Invert(in Fp2 a)
    {
        var inverse = Fp.Invert(a.Norm());
        return new(a.C0 * inverse, -(a.C1 * inverse));
    }

    /// <summary>a0^2 + a1^2, the product of the conjugates.</summary>
    public Fp Norm() => Fp.SumOfProducts(C0, C0, C1, C1);

    /// <summary>a^p.</summary>
    public Fp2 Conjugate() => new(C0, -C1);

    /// <summary>Times ξ = 1 + u, of which Fp6 takes the cube root: (a0 - a1) + (a0 + a1)·u.</summary>
    public Fp2 TimesXi() => new(C0 - C1, C0 + C1);

    /// <summary>a^exponent for a public exponent, bit by bit: for constants only, as it is slow.</summary>
    public static Fp2 Power(in Fp2 a, ReadOnlySpan<byte> exponent)
    {
        var result = One;
        foreach (var octet in exponent)
        {
            for (var bit = 7; bit >= 0; bit--)
            {
                result = Square(result);
                if (((octet >> bit) & 1) != 0) result *= a;
            }
        }

        return result;
    }

    // C1 comes first on the wire.
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Fp2 value)
    {
        value = default;
        if (bytes.Length != ByteLength || !Fp.TryRead(bytes[..Fp.Length], out var c1) || !Fp.TryRead(bytes[Fp.Length..], out var c0)) return false;
        value = new(c0, c1);
        return true;
    }

    public void Write(Span<byte> bytes)
    {
        C1.Write(bytes[..Fp.Length]);
        C0.Write(bytes[Fp.Length..]);
    }

    public static bool TryRoot(in Fp2 square, out Fp2 root) => Fp2Root.Ratio(square, One, G2Suite.Z, out root) != 0;

    public ulong IsZeroMask => C0.IsZeroMask & C1.IsZeroMask;

    public ulong EqualMask(in Fp2 other) => C0.EqualMask(other.C0) & C1.EqualMask(other.C1);

    public bool Equals(in Fp2 other) => EqualMask(other) != 0;

    // sgn0 for m = 2: the sign of the first coordinate that is not zero.
    public ulong SignMask => C0.SignMask | (C0.IsZeroMask & C1.SignMask);

    /// <summary>All ones if this is the greater of itself and its negative, C1 compared first (the ZCash encoding).</summary>
    public ulong IsGreaterMask => C1.IsGreaterMask | (C1.IsZeroMask & C0.IsGreaterMask);
}
