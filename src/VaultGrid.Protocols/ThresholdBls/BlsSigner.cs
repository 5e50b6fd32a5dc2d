using System.Security.Cryptography;
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
        Span<byte> bytes = stackalloc byte[PrimeGroup.ScalarLength];
        try
        {
            using var encoded = share.ToSecret();
            encoded.CopyTo(bytes);
            using var key = BlsSecretKey.Take(bytes).Value;
            return new(share.Index, key.SignHashed(message));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }
}
