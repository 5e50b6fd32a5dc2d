using System.Runtime.CompilerServices;

namespace VaultGrid.Crypto.Bls12381;

/// <summary>f^(3·(p^12 - 1)/r): onto the group of order r. 3 does not divide r, so this is a pairing as good as the one without the 3.</summary>
internal static class FinalExponentiation
{
    [SkipLocalsInit]
    public static Fp12 Run(in Fp12 f)
    {
        // The easy part, (p^6 - 1)(p^2 + 1): into the cyclotomic subgroup, where conjugates are inverses.
        var g = f.Conjugate() * Fp12.Invert(f);
        g = g.Frobenius().Frobenius() * g;

        // The hard part: 3·(p^4 - p^2 + 1)/r = (x - 1)^2·(x + p)·(x^2 + p^2 - 1) + 3 (Hayashida, Hayasaka, Teruya 2020/875).
        var a = PowerX(g) * g.Conjugate();
        a = PowerX(a) * a.Conjugate();
        a = PowerX(a) * a.Frobenius();
        a = PowerX(PowerX(a)) * a.Frobenius().Frobenius() * a.Conjugate();
        return a * Fp12.CyclotomicSquare(g) * g;
    }

    // g^x by the bits of z, then inverted, as x is negative.
    private static Fp12 PowerX(in Fp12 g)
    {
        var result = g;
        for (var bit = 62; bit >= 0; bit--)
        {
            result = Fp12.CyclotomicSquare(result);
            if (((CurveParameter.Z >> bit) & 1) != 0) result *= g;
        }

        return result.Conjugate();
    }
}
