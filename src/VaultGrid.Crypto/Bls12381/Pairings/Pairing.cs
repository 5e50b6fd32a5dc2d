using System.Runtime.CompilerServices;

namespace VaultGrid.Crypto.Bls12381;

/// <summary>The optimal ate pairing e: G1 × G2 → μ_r, raised to the third power as is usual (<see cref="FinalExponentiation"/>). For public points.</summary>
public static class Pairing
{
    /// <summary>e(p, q).</summary>
    public static PairingValue Compute(G1Point p, G2Point q) => ComputeProduct([(p, new PreparedG2(q))]);

    /// <summary>Π e(p_i, q_i), with one final exponentiation. A pair with infinity in it counts for one.</summary>
    public static PairingValue ComputeProduct(params ReadOnlySpan<(G1Point P, PreparedG2 Q)> pairs) =>
        new(FinalExponentiation.Run(Loop(pairs)));

    /// <summary>True if Π e(p_i, q_i) = 1.</summary>
    public static bool IsProductOne(params ReadOnlySpan<(G1Point P, PreparedG2 Q)> pairs) => ComputeProduct(pairs).IsOne;

    /// <summary>The product before its final exponentiation.</summary>
    [SkipLocalsInit]
    internal static Fp12 Loop(params ReadOnlySpan<(G1Point P, PreparedG2 Q)> pairs)
    {
        var factors = new MillerLoop.Factor[pairs.Length];
        var count = 0;
        foreach (var (p, q) in pairs)
        {
            if (p.IsIdentity || q.IsIdentity) continue;
            p.Value.ToAffine(out var x, out var y);
            factors[count++] = new(x, y, q);
        }

        return MillerLoop.Run(factors.AsSpan(0, count));
    }
}
