using System.Security.Cryptography;
using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.Encoding;

namespace VaultGrid.Protocols.ThresholdEcdsa;

/// <summary>
/// A proof that two points have the same logarithm to two bases, log_G X = log_B Y (Chaum and Pedersen 1992, made non-interactive by Fiat and
/// Shamir): challenge and response, 32 bytes each.
/// </summary>
internal sealed record EqualityProof(PublicScalar Challenge, PublicScalar Response)
{
    /// <summary>Bytes of a proof.</summary>
    public const int Length = 2 * PrimeGroup.ScalarLength;

    private static readonly PrimeGroup Group = PrimeGroup.Secp256k1;

    /// <summary>Proves that X = secret·G and Y = secret·B, bound to a context: whose key, which share.</summary>
    public static EqualityProof Make(
        SecretScalar secret, GroupElement x, GroupElement b, GroupElement y, ReadOnlySpan<byte> context, RandomNumberGenerator random)
    {
        using var nonce = HedgedScalars.Draw("threshold-ecdsa-proof-nonce", secret, context, random);
        var challenge = ChallengeOf(x, b, y, nonce.TimesGenerator(), b.Multiply(nonce), context);
        using var product = secret.Multiply(challenge);
        using var response = nonce.Add(product);
        return new EqualityProof(challenge, response.Reveal());
    }

    /// <summary>True if the proof holds.</summary>
    public bool Verifies(GroupElement x, GroupElement b, GroupElement y, ReadOnlySpan<byte> context)
    {
        // With response = nonce + challenge·secret: response·G − challenge·X and response·B − challenge·Y are what the prover hashed.
        var t1 = Group.CombineVarTime(Response, x, -Challenge);
        var t2 = b.MultiplyVarTime(Response) - y.MultiplyVarTime(Challenge);
        return !t1.IsIdentity && !t2.IsIdentity && ChallengeOf(x, b, y, t1, t2, context).Equals(Challenge);
    }

    private static PublicScalar ChallengeOf(
        GroupElement x, GroupElement b, GroupElement y, GroupElement t1, GroupElement t2, ReadOnlySpan<byte> context)
    {
        var body = new CanonicalWriter().Bytes(context).Fixed(x.Bytes).Fixed(b.Bytes).Fixed(y.Bytes).Fixed(t1.Bytes).Fixed(t2.Bytes).ToArray();
        return Group.Reduce(Hash256.Of("threshold-ecdsa-equality", body).AsSpan());
    }
}
