using VaultGrid.Crypto.Groups;

namespace VaultGrid.Crypto.Bls12381;

/// <summary>The two groups of BLS12-381 as threshold protocols see them, and the way from there to points that are paired.</summary>
public static class BlsGroups
{
    /// <summary>G1: 48-byte elements, big-endian scalars.</summary>
    public static PrimeGroup G1 { get; } = new BlsPrimeGroup<Fp, G1Curve>("BLS12-381-G1", G1Curve.Generator, G1Curve.IsInGroup);

    /// <summary>G2: 96-byte elements, big-endian scalars.</summary>
    public static PrimeGroup G2 { get; } = new BlsPrimeGroup<Fp2, G2Curve>("BLS12-381-G2", G2Curve.Generator, G2Curve.IsInGroup);
}
