using VaultGrid.Crypto.Bls12381;
using VaultGrid.Crypto.Groups;

namespace VaultGrid.Protocols.ThresholdBls;

/// <summary>A holder's half: one round, no nonces, so the same message gives the same part.</summary>
public static class BlsSigner
{
    /// <summary>σ_i = s_i·H(m), in constant time.</summary>
    public static PartialBlsSignature Sign(KeyShare share, BlsMessagePoint message)
    {
        ArgumentNullException.ThrowIfNull(share);
        ArgumentNullException.ThrowIfNull(message);
        PrimeGroup.Bls12381G1.Require(share.Key.Group);
        using var scalar = BlsSecretScalar.From(share.Secret);
        return new(share.Index, new BlsSignature(message.Point.Multiply(scalar)));
    }
}
