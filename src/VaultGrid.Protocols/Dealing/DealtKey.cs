using System.Security.Cryptography;
using VaultGrid.Crypto.Groups;

namespace VaultGrid.Protocols;

/// <summary>The public side of the version that a transcript makes.</summary>
internal static class DealtKey
{
    public static SharedKey Of(DealingCeremony ceremony, Hash256 transcript, IReadOnlyDictionary<PartyIndex, FeldmanCommitment> dealings)
    {
        PartyIndex[] dealers = [.. dealings.Keys];
        var sum = FeldmanCommitment.Sum([.. dealings.Select(pair => ceremony.Kind == DealingKind.Reshare
            ? pair.Value.MultiplyVarTime(Factor(ceremony, dealers, pair.Key))
            : pair.Value)]);

        // A refresh adds to the polynomial in force; a resharing replaces it.
        var commitment = ceremony.Kind == DealingKind.Refresh ? FeldmanCommitment.Sum([ceremony.Previous!.Commitment, sum]) : sum;
        return new SharedKey(ceremony.Receivers.Parameters, ceremony.NextVersion, commitment, ceremony.Previous?.ChainCode ?? ChainCode(transcript), transcript);
    }

    /// <summary>The factor of a dealer's polynomial: λ_i at 0 among the dealers of a resharing, else 1.</summary>
    public static PublicScalar Factor(DealingCeremony ceremony, IReadOnlyCollection<PartyIndex> dealers, PartyIndex dealer) =>
        ceremony.Kind == DealingKind.Reshare ? Lagrange.Coefficient(ceremony.Group, dealers, dealer) : ceremony.Group.One;

    // protocols.md, section 5: SHA-256("VaultGrid/v1/chain-code" ‖ transcript hash).
    private static Hash256 ChainCode(Hash256 transcript) =>
        new(SHA256.HashData([.. System.Text.Encoding.ASCII.GetBytes("VaultGrid/v1/chain-code"), .. transcript.AsSpan()]));
}
