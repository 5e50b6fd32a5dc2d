using System.Collections.Immutable;

namespace VaultGrid.Enclave;

/// <summary>
/// Which others have to know of a step, and of a start (protocols §2): from the first membership record with two nodes or more, where no counter guards the store.
/// A membership change needs witnesses under the old and the new record.
/// </summary>
internal static class WitnessRule
{
    /// <summary>What a step waits for; empty where it takes effect at once.</summary>
    public static ImmutableArray<Quorum> ForStep(VaultState before, VaultState next)
    {
        var quorums = ImmutableArray.CreateBuilder<Quorum>(2);
        if (Writers(next.Membership, next) is { } now) quorums.Add(now);
        if (before.MembershipHash != next.MembershipHash && Writers(before.Membership, next) is { } then) quorums.Add(then);
        return quorums.ToImmutable();
    }

    /// <summary>What a start waits for; null where nothing has to be asked. Whoever is asked records too, so w is covered with r.</summary>
    public static Quorum? ForStart(VaultState state) => state.StoredPhase is EnclavePhase.Certified or EnclavePhase.Member && Applies(state.Membership, state)
        ? new Quorum(Others(state.Membership!, state), Math.Max(state.Membership!.ReadWitnesses, state.Membership.WriteWitnesses))
        : null;

    private static Quorum? Writers(MembershipRecord? record, VaultState state) =>
        Applies(record, state) ? new Quorum(Others(record!, state), record!.WriteWitnesses) : null;

    private static bool Applies(MembershipRecord? record, VaultState state) =>
        record is { Nodes.Length: >= 2 } && state.Identity is { } identity && record.Nodes.Contains(identity.Node.Index);

    private static ImmutableArray<uint> Others(MembershipRecord record, VaultState state) => record.Nodes.Remove(state.Node.Index);

    /// <summary>So many of these.</summary>
    internal sealed record Quorum(ImmutableArray<uint> Nodes, int Count)
    {
        /// <summary>True where enough of them are in a set.</summary>
        public bool IsReached(IReadOnlySet<uint> nodes) => Nodes.Count(nodes.Contains) >= Count;
    }
}
