using System.Runtime.CompilerServices;

namespace VaultGrid.Crypto.Bls12381;

/// <summary>The loop of the optimal ate pairing (Vercauteren 2008/096): f_{x,Q}(P), and products of such with shared squarings.</summary>
internal static class MillerLoop
{
    /// <summary>One factor: the affine coordinates of P, and the lines of Q. Neither is infinity.</summary>
    internal readonly record struct Factor(Fp X, Fp Y, PreparedG2 Q);

    [SkipLocalsInit]
    public static Fp12 Run(ReadOnlySpan<Factor> factors)
    {
        var f = Fp12.One;
        var next = 0;
        for (var bit = 62; bit >= 0; bit--)
        {
            if (bit != 62) f = Fp12.Square(f);
            foreach (ref readonly var factor in factors) f = Evaluate(f, factor, next);
            next++;
            if (((CurveParameter.Z >> bit) & 1) == 0) continue;
            foreach (ref readonly var factor in factors) f = Evaluate(f, factor, next);
            next++;
        }

        // x is negative: f_{-z} is 1 / f_z up to what the final exponentiation removes, and so is the conjugate.
        return f.Conjugate();
    }

    private static Fp12 Evaluate(in Fp12 f, in Factor factor, int index)
    {
        ref readonly var line = ref factor.Q.Lines[index];
        return f.Times014(line.C0, line.C1 * factor.X, line.C4 * factor.Y);
    }
}
