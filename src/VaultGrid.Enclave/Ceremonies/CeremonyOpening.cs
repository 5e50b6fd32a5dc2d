using VaultGrid.Protocols;

namespace VaultGrid.Enclave;

/// <summary>A plan that was checked, and what it is about.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Place">This enclave's place among the members.</param>
/// <param name="Kind">The key's kind.</param>
/// <param name="Key">The key; null for a new one, and for a new holder of one.</param>
/// <param name="Birth">Its birth record; null for a new key.</param>
/// <param name="Evidence">What came with a key that is not known here yet; null for a known or new one.</param>
/// <param name="Policies">Its policies.</param>
/// <param name="Current">The public side of the version in force; null for a new key.</param>
/// <param name="Document">The approved request; null where none is needed.</param>
internal sealed record CeremonyOpening(
    CeremonyPlan Plan, byte Place, KeyKind Kind, VaultKey? Key, BirthRecord? Birth, KeyEvidence? Evidence, PolicyChain Policies, SharedKey? Current, RequestDocument? Document)
{
    /// <summary>This enclave's place among the dealers, or null.</summary>
    public PartyIndex? Dealer => IndexIn(Plan.Dealers);

    /// <summary>This enclave's place among the receivers, or null.</summary>
    public PartyIndex? Receiver => IndexIn(Plan.Receivers);

    private PartyIndex? IndexIn(IReadOnlyList<byte> places)
    {
        for (var i = 0; i < places.Count; i++)
        {
            if (places[i] == Place) return new PartyIndex(i + 1);
        }

        return null;
    }
}
