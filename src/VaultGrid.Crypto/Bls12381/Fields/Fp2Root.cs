namespace VaultGrid.Crypto.Bls12381;

/// <summary>Square roots in Fp2 with two exponentiations in Fp and no inversion, in constant time.</summary>
internal static class Fp2Root
{
    // A root of -5: the norm of Z = -(2 + u) is 5, and 5 is no square.
    private static readonly Fp RootOfMinus5 = Fp.RootPower(-Fp.From(5)) * -Fp.From(5);

    /// <summary>All ones and a root of n/d, d ≠ 0, where it is a square; else zero and a root of z·n/d. The norm of z is 5.</summary>
    /// <remarks>
    /// Write n/d as w/q with w = n·conj(d) and q = norm(d) in Fp. An element is a square in Fp2 if and only if its norm is one in Fp, and
    /// norm(w/q) is norm(w) up to a square. With s a root of norm(w), (s + w0)/2q =: δ and its counterpart δ' = (w0 - s)/2q satisfy
    /// δ + δ' = w0/q and δ·δ' = -(w1/2q)^2, so x0^2 = δ, x1 = w1/(2q·x0) is a root of w/q (the complex method, Scott 2020/1497).
    /// </remarks>
    public static ulong Ratio(in Fp2 n, in Fp2 d, in Fp2 z, out Fp2 root)
    {
        var w = n * d.Conjugate();
        var q = d.Norm();

        // m·m^((p-3)/4), squared, is m or -m. If -m: then norm(z·w) = 5m is the square, of a root of -5 times what was found.
        var m = w.Norm();
        var s = Fp.RootPower(m) * m;
        var isSquare = Fp.Square(s).EqualMask(m);
        s = Fp.Select(s * RootOfMinus5, s, isSquare);
        w = Fp2.Select(z * w, w, isSquare);

        // δ = a/b. Should a be zero, then w1 = 0 and s = -w0, and the other root of the norm gives a = 2·w0.
        var a = w.C0 + s;
        a = Fp.Select(a, w.C0 - s, a.IsZeroMask);
        var b = q + q;

        // e = (a·b^3)^((p-3)/4), y = a·b·e: y^2 = ±a/b and e·b^2 = ±1/y, both with the sign + if δ is a square, - if not.
        var ab = a * b;
        var e = Fp.RootPower(ab * (b * b));
        var y = ab * e;
        var deltaIsSquare = (Fp.Square(y) * b).EqualMask(a);

        // Square: x0 = y, x1 = w1/(b·y) = w1·e·b. Else y^2 = -δ, and x0 = -w1·e·b is a root of δ', x1 = w1/(b·x0) = y.
        var other = w.C1 * (e * b);
        root = new(Fp.Select(-other, y, deltaIsSquare), Fp.Select(y, other, deltaIsSquare));
        return isSquare;
    }
}
