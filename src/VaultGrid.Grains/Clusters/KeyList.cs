namespace VaultGrid.Grains.Clusters;

/// <summary>The key list of a cluster, from what its nodes say; pure.</summary>
internal static class KeyList
{
    /// <summary>A key that no node names any more stays in the list, without holders: it may come back with its node.</summary>
    public static ImmutableArray<ClusterKey> Merge(ImmutableArray<ClusterKey> known, ImmutableArray<NodeReport> reports)
    {
        var named = reports
            .SelectMany(report => report.Keys.Select(key => (report.Node, Key: key)))
            .GroupBy(pair => pair.Key.Key)
            .Select(group =>
            {
                var newest = group.MaxBy(pair => pair.Key.PolicyNumber).Key;
                return new ClusterKey(newest.KeyId, newest.Key, newest.Fingerprint, newest.Policy, [.. group.Select(pair => pair.Node)]);
            })
            .ToList();
        var gone = known.Where(key => named.TrueForAll(other => other.Key != key.Key)).Select(key => key with { Holders = [] });
        return [.. named.Concat(gone).OrderBy(key => key.KeyId.ToString(), StringComparer.Ordinal)];
    }

    public static bool SaysTheSame(ImmutableArray<ClusterKey> one, ImmutableArray<ClusterKey> other) =>
        one.Length == other.Length && one.Zip(other).All(pair =>
            pair.First with { Holders = default } == pair.Second with { Holders = default }
            && pair.First.Holders.SequenceEqual(pair.Second.Holders));
}
