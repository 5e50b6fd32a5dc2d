namespace VaultGrid.Grains.Sessions;

/// <summary>Threshold ECDSA of protocols §4: one node of each of t clusters, in order of cluster; a chain of packets, one at a time.</summary>
internal sealed class ThresholdEcdsaFlow : ISessionFlow
{
    private const byte Go = 4;

    /// <inheritdoc/>
    public string Protocol => "threshold-ecdsa";

    /// <inheritdoc/>
    public byte Version => 1;

    /// <inheritdoc/>
    public byte? RequestRound => Go;

    /// <inheritdoc/>
    public int Takes(byte round, int participants) => round == Go ? participants - 1 : 1;

    /// <inheritdoc/>
    public bool BeginsRequest(int place, int participants) => place < participants - 1;

    /// <inheritdoc/>
    public SessionTerms? Terms(KeyReport key) =>
        key.Threshold is { } shared ? new SessionTerms(shared.Threshold, shared.Clusters, shared.ShareVersion) : null;

    /// <inheritdoc/>
    public Outcome<ImmutableArray<NodeId>> Choose(SessionField field)
    {
        // Of each cluster the node that least is held against; the first of equals, because the cluster would have it serve.
        var seats = field.Benches
            .Select(bench => bench.Nodes.Where(node => !field.Record.IsOut(node)).OrderBy(field.Record.Suspicions).Take(1).ToList())
            .SelectMany(best => best)
            .ToImmutableArray();
        if (seats.Length < field.Needed)
        {
            var missing = field.Benches.Where(bench => bench.Nodes.All(field.Record.IsOut)).Select(bench => bench.Cluster);
            return new Refusal(RefusalCode.GridUnavailable, $"{field.Needed} clusters sign together and {seats.Length} can: {string.Join(", ", missing)} do not");
        }

        var chosen = Combinations(seats, field.Needed)
            .Where(combination => !field.Record.IsClosed(combination))
            .OrderBy(combination => combination.Sum(field.Record.Suspicions))
            .Take(1)
            .ToList();
        return chosen is [var best]
            ? best
            : new Refusal(RefusalCode.SessionAlarmed, "every combination of clusters that could sign is blocked by an alarm: administrators have to look into it");
    }

    /// <inheritdoc/>
    public Outcome<IExpectedResult> Expect(SessionOrder order, KeyReport key) => EcdsaTask.Of(order, key.Threshold!).Then<IExpectedResult>(task => task);

    // In lexicographic order, so that the first of equally good ones is always the same: what was prepared for it is used.
    private static IEnumerable<ImmutableArray<NodeId>> Combinations(ImmutableArray<NodeId> seats, int count)
    {
        if (count == 0) return [[]];
        return Enumerable.Range(0, Math.Max(0, seats.Length - count + 1))
            .SelectMany(first => Combinations(seats[(first + 1)..], count - 1).Select(rest => rest.Insert(0, seats[first])));
    }
}
