namespace VaultGrid.Crypto.Bls12381;

/// <summary>Interpolation at public points: of a polynomial over the scalars, in the exponent.</summary>
public static class BlsLagrange
{
    /// <summary>
    /// The coefficients λ_i with f(at) = Σ λ_i·f(points[i]) for every polynomial f of lower degree than there are points: λ_i = Π (at - x_j) / (x_i - x_j) over j ≠ i.
    /// </summary>
    /// <param name="points">At least one; where shares live, so never 0 and no two equal modulo r.</param>
    /// <param name="at">0 for the shared secret, a party's index for its share.</param>
    /// <returns>As many coefficients, or <see cref="RefusalCode.InputMalformed"/>.</returns>
    public static Outcome<BlsScalar[]> Coefficients(IReadOnlyList<BlsScalar> points, BlsScalar at = default)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Count == 0) return new Refusal(RefusalCode.InputMalformed, "interpolation needs a point");
        if (points.Any(p => p.IsZero)) return new Refusal(RefusalCode.InputMalformed, "a share has the index 0, which is the secret's own");
        if (points.Distinct().Count() != points.Count) return new Refusal(RefusalCode.InputMalformed, "two shares have the same index");

        var coefficients = new BlsScalar[points.Count];
        for (var i = 0; i < coefficients.Length; i++)
        {
            var (above, below) = (BlsScalar.One, BlsScalar.One);
            for (var j = 0; j < coefficients.Length; j++)
            {
                if (j == i) continue;
                above *= at - points[j];
                below *= points[i] - points[j];
            }

            coefficients[i] = above * below.Invert();
        }

        return coefficients;
    }

    /// <summary>Σ λ_i·P_i: f(at)·P from f(x_i)·P, such as a group's signature from signature shares.</summary>
    /// <returns>The point, or <see cref="RefusalCode.InputMalformed"/> for indexes that are 0 or repeat.</returns>
    public static Outcome<G2Point> InTheExponent(IReadOnlyList<(BlsScalar Index, G2Point Share)> shares, BlsScalar at = default)
    {
        ArgumentNullException.ThrowIfNull(shares);
        return Coefficients([.. shares.Select(s => s.Index)], at)
            .Then<G2Point>(coefficients => G2Point.LinearCombinationVarTime([.. shares.Select(s => s.Share)], coefficients));
    }

    /// <summary>Σ λ_i·P_i in G1, such as a group's public key, or another party's public share, from public shares.</summary>
    /// <returns>The point, or <see cref="RefusalCode.InputMalformed"/> for indexes that are 0 or repeat.</returns>
    public static Outcome<G1Point> InTheExponent(IReadOnlyList<(BlsScalar Index, G1Point Share)> shares, BlsScalar at = default)
    {
        ArgumentNullException.ThrowIfNull(shares);
        return Coefficients([.. shares.Select(s => s.Index)], at)
            .Then<G1Point>(coefficients => G1Point.LinearCombinationVarTime([.. shares.Select(s => s.Share)], coefficients));
    }
}
