using System.Security.Cryptography;
using VaultGrid.Crypto.Groups;

namespace VaultGrid.Protocols.ThresholdEcdsa;

/// <summary>
/// Scalars that stay unpredictable if the generator is broken and never repeat if only the state is: HKDF over 32 fresh bytes and a secret, bound to
/// what they are for; 512 bits modulo q.
/// </summary>
internal static class HedgedScalars
{
    private const int FreshLength = 32;

    /// <summary>Draws one, never 0.</summary>
    /// <param name="what">The kind of scalar, a tag.</param>
    /// <param name="secret">A long-lived secret.</param>
    /// <param name="context">What it is for.</param>
    /// <param name="random">Where the fresh bytes come from.</param>
    public static SecretScalar Draw(string what, SecretScalar secret, ReadOnlySpan<byte> context, RandomNumberGenerator random)
    {
        while (true)
        {
            using var fresh = SecretBytes.Random(FreshLength, random);
            using var material = new SecretBuffer(FreshLength + PrimeGroup.ScalarLength);
            material.Write(fresh);
            secret.WriteTo(material);
            using var input = material.ToSecret();
            using var wide = HkdfSha256.Derive(input, [], Tagged.Statement(what, context), 2 * PrimeGroup.ScalarLength);
            var scalar = PrimeGroup.Secp256k1.ReduceSecret(wide.Span);
            if (!scalar.IsZero()) return scalar; // else one in 2^256
            scalar.Dispose();
        }
    }
}
