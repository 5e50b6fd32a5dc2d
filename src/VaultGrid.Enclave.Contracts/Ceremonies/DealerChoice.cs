namespace VaultGrid.Enclave.Contracts;

/// <summary>
/// Which dealers a coordinator proposes: dealings that one and the same quorum of receivers has acknowledged, all of them. Then f + 1 honest receivers hold every share of the version,
/// vote for it, and can repair the share of an honest one that a dealer among them has starved (Dealing/SPEC.md). A wrong choice costs time and nothing else. Pure.
/// </summary>
public static class DealerChoice
{
    private const int MostTurns = 64;

    /// <summary>Chooses.</summary>
    /// <param name="plan">The ceremony.</param>
    /// <param name="acknowledged">The dealers that each receiver has acknowledged, by their places; receivers that have acknowledged nothing are left out.</param>
    /// <param name="minimum">The fewest dealers that make a version.</param>
    /// <param name="turn">0 for the best guess; from 1 on quorums are tried in turn, for where an acknowledgement is not what it seems.</param>
    /// <returns>The places of the dealers, ascending; empty where there is no such quorum, or not yet.</returns>
    public static IReadOnlyList<byte> Of(CeremonyPlan plan, IReadOnlyDictionary<byte, IReadOnlySet<byte>> acknowledged, int minimum, int turn)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(acknowledged);
        ArgumentOutOfRangeException.ThrowIfNegative(turn);
        var quorum = QuorumOf(plan.Receivers.Count, plan.Faulty);
        byte[] receivers = [.. plan.Receivers.Where(acknowledged.ContainsKey).OrderByDescending(receiver => acknowledged[receiver].Count)];
        if (receivers.Length < quorum) return [];
        var common = turn == 0 ? Widest(plan, acknowledged, receivers, quorum, minimum) : Common(plan, acknowledged, Quorum(receivers, quorum, turn - 1));
        return common.Length >= minimum ? common : [];
    }

    /// <summary>How many of n certify what is said in a ceremony: n − f where n ≥ 3f + 1, else all.</summary>
    public static int QuorumOf(int parties, int faulty) => parties >= (3 * faulty) + 1 ? parties - faulty : parties;

    /// <summary>The fewest dealers that make a version, of n of which f may lie: f + 1 where n ≥ 3f + 1, else all.</summary>
    public static int MinimumOf(int parties, int faulty) => parties >= (3 * faulty) + 1 ? faulty + 1 : parties;

    // What everybody holds who said anything: nobody needs help then. Who acknowledged least is left out first, as long as a quorum is left: a receiver that lies, or was starved.
    private static byte[] Widest(CeremonyPlan plan, IReadOnlyDictionary<byte, IReadOnlySet<byte>> acknowledged, byte[] receivers, int quorum, int minimum)
    {
        for (var counted = receivers.Length; ; counted--)
        {
            var common = Common(plan, acknowledged, receivers[..counted]);
            if (common.Length >= minimum || counted == quorum) return common;
        }
    }

    private static byte[] Common(CeremonyPlan plan, IReadOnlyDictionary<byte, IReadOnlySet<byte>> acknowledged, IEnumerable<byte> receivers) =>
        [.. plan.Dealers.Where(dealer => receivers.All(receiver => acknowledged[receiver].Contains(dealer))).Order()];

    private static byte[] Quorum(byte[] receivers, int quorum, int turn)
    {
        var all = Choose(receivers, quorum).Take(MostTurns).ToList();
        return all[turn % all.Count];
    }

    private static IEnumerable<byte[]> Choose(byte[] from, int count)
    {
        if (count == 0) return [[]];
        return Enumerable.Range(0, Math.Max(0, from.Length - count + 1)).SelectMany(first => Choose(from[(first + 1)..], count - 1).Select(rest => (byte[])[from[first], .. rest]));
    }
}
