using VaultGrid.Protocols;
using VaultGrid.Protocols.Repair;

namespace VaultGrid.Enclave;

/// <summary>The version of which a share is repaired, as this enclave has it: the one in force, or one that a ceremony is about to put in force.</summary>
internal abstract class RepairSubject
{
    /// <summary>Its public side.</summary>
    public abstract SharedKey Key { get; }

    /// <summary>Its holders, in order of their shares.</summary>
    public abstract IReadOnlyList<KeyHolder> Holders { get; }

    /// <summary>The version with its votes; null where it is not in force yet.</summary>
    public abstract CertifiedVersion? Certified { get; }

    /// <summary>Splits this enclave's share of it.</summary>
    public abstract Outcome<RepairHelper> Help(RepairSession session, IStatementSigner signer);

    /// <summary>Takes this enclave's own share of it, repaired; it stays the caller's.</summary>
    public abstract Outcome<Done> Take(KeyShare share);

    /// <summary>Whether a plan fits a version: one holder and exactly f + 1 others.</summary>
    public static Outcome<Done> Fits(CeremonyPlan plan, SharedKey key, IReadOnlyList<KeyHolder> holders)
    {
        var shares = plan.Members.Select(member => PlaceOf(member, holders)).ToArray();
        return plan.Request == default && !shares.Contains(-1) && plan.Receivers is [0] && plan.Faulty == key.Parameters.Faulty
            && plan.Dealers.SequenceEqual(Enumerable.Range(1, key.Parameters.Signers).Select(i => (byte)i)) && plan.Members.Count == key.Parameters.Signers + 1
            && shares.Skip(1).SequenceEqual(shares.Skip(1).Order())
            ? default(Done)
            : new Refusal(RefusalCode.SessionMismatch, "the ceremony's plan does not fit: a repair has one holder and exactly f + 1 others, ascending");
    }

    /// <summary>The number of a holder's share.</summary>
    public PartyIndex IndexOf(KeyHolder holder) => new(PlaceOf(holder, Holders) + 1);

    private static int PlaceOf(KeyHolder holder, IReadOnlyList<KeyHolder> holders)
    {
        for (var i = 0; i < holders.Count; i++)
        {
            if (holders[i] == holder) return i;
        }

        return -1;
    }
}
