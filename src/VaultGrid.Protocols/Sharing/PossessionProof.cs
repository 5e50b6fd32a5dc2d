using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.Encoding;

namespace VaultGrid.Protocols;

/// <summary>
/// Schnorr's proof that a dealer knows the logarithm of its constant term, bound to session and dealer (FROST, figure 1, round 1, step 2):
/// against rogue keys, which cancel the others' terms.
/// </summary>
internal sealed record PossessionProof(GroupElement R, PublicScalar Mu)
{
    /// <param name="binding">The ceremony.</param>
    /// <param name="dealer">Who proves.</param>
    /// <param name="secret">a_0.</param>
    /// <param name="constant">φ_0 = a_0·G, as the dealer's commitment has it.</param>
    public static PossessionProof Make(Hash256 binding, PartyIndex dealer, SecretScalar secret, GroupElement constant)
    {
        // R = k·G, c = H(binding, i, φ_0, R), μ = k + c·a_0
        using var k = secret.Group.RandomSecret();
        var r = k.TimesGenerator();
        using var scaled = secret.Multiply(Challenge(binding, dealer, constant, r));
        using var mu = k.Add(scaled);
        return new(r, mu.Reveal());
    }

    /// <summary>μ·G − c·φ_0 = R.</summary>
    public bool Holds(Hash256 binding, PartyIndex dealer, GroupElement constant) =>
        constant.Group.CombineVarTime(Mu, constant, -Challenge(binding, dealer, constant, R)).Equals(R);

    private static PublicScalar Challenge(Hash256 binding, PartyIndex dealer, GroupElement constant, GroupElement r) =>
        TranscriptScalar.Challenge(constant.Group, "dealing-possession", new CanonicalWriter().Hash(binding).Party(dealer).Element(constant).Element(r).Written);
}
