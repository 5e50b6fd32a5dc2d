using System.Numerics;

namespace VaultGrid.Protocols.ThresholdEcdsa;

/// <summary>
/// Which cluster holds which share (protocols.md, section 4): one share x_F for every set F of t − 1 clusters, held by every cluster that is not in F.
/// Any t clusters hold all shares; any t − 1 lack exactly the one that is named after them.
/// </summary>
public sealed class ShareTable
{
    /// <summary>The most shares a key may have: what 10 clusters need at worst, C(10, 5).</summary>
    public const int MaximumShares = 252;

    /// <summary>The most clusters; few enough for every set to be a mask.</summary>
    public const int MaximumClusters = 16;

    private readonly uint[] _clusters;
    private readonly ushort[] _sets;

    private ShareTable(uint[] clusters, int threshold, ushort[] sets) => (_clusters, Threshold, _sets) = (clusters, threshold, sets);

    /// <summary>The clusters' numbers, ascending.</summary>
    public IReadOnlyList<uint> Clusters => _clusters;

    /// <summary>t: how many clusters sign.</summary>
    public int Threshold { get; }

    /// <summary>How many shares there are: C(n, t − 1).</summary>
    public int ShareCount => _sets.Length;

    /// <summary>Lays the table out.</summary>
    /// <param name="clusters">The clusters' numbers, ascending, from 1; n of them.</param>
    /// <param name="threshold">t, with 2 ≤ t ≤ n.</param>
    /// <returns>The table, or <see cref="RefusalCode.InputUnsupported"/>: t out of range, or too many clusters or shares.</returns>
    public static Outcome<ShareTable> Of(IReadOnlyList<uint> clusters, int threshold)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        if (clusters.Count > MaximumClusters) return Unsupported($"at most {MaximumClusters} clusters share a key, not {clusters.Count}");
        if (threshold < 2 || threshold > clusters.Count) return Unsupported($"the threshold is 2 to {clusters.Count}, the number of clusters, not {threshold}");
        for (var i = 0; i < clusters.Count; i++)
            if (clusters[i] <= (i == 0 ? 0 : clusters[i - 1]))
                return Unsupported("clusters are numbered from 1 and named in ascending order, each once");

        var sets = new List<ushort>();
        for (var mask = 0; mask < 1 << clusters.Count; mask++)
            if (BitOperations.PopCount((uint)mask) == threshold - 1)
                sets.Add((ushort)mask);
        if (sets.Count > MaximumShares)
            return Unsupported($"{threshold} of {clusters.Count} clusters need {sets.Count} shares; at most {MaximumShares} are dealt (10 clusters never need more)");

        // In lexicographic order of the sets written ascending: {1,2} {1,3} {2,3}. With the first cluster as the highest bit that is descending.
        var table = new ShareTable([.. clusters], threshold, [.. sets]);
        Array.Sort(table._sets, (left, right) => Reversed(right).CompareTo(Reversed(left)));
        return table;
    }

    /// <summary>The clusters that lack a share: its F, ascending.</summary>
    public IReadOnlyList<uint> Lacking(int share) => [.. Enumerable.Range(0, _clusters.Length).Where(i => IsIn(i, share)).Select(i => _clusters[i])];

    /// <summary>True if the cluster holds the share.</summary>
    public bool Holds(uint cluster, int share)
    {
        var index = Array.IndexOf(_clusters, cluster);
        return index >= 0 && !IsIn(index, share);
    }

    /// <summary>The numbers of the shares that a cluster holds, ascending; none for a stranger.</summary>
    public IReadOnlyList<int> HeldBy(uint cluster) => [.. Enumerable.Range(0, ShareCount).Where(share => Holds(cluster, share))];

    /// <summary>Gives each share to the first participant that holds it.</summary>
    /// <param name="participants">t different clusters of the table, in the order of the session.</param>
    /// <returns>For every participant the shares given to it, which may be none; or <see cref="RefusalCode.InputMalformed"/>.</returns>
    public Outcome<ShareCombination> Combination(IReadOnlyList<uint> participants)
    {
        ArgumentNullException.ThrowIfNull(participants);
        if (participants.Count != Threshold || participants.Distinct().Count() != Threshold || participants.Any(c => Array.IndexOf(_clusters, c) < 0))
            return new Refusal(RefusalCode.InputMalformed, $"{Threshold} different clusters of the key sign");
        var given = participants.Select(_ => new List<int>()).ToArray();
        for (var share = 0; share < ShareCount; share++)
        {
            var first = 0;
            while (!Holds(participants[first], share)) first++; // any t clusters hold every share
            given[first].Add(share);
        }
        return new ShareCombination(given);
    }

    private static ushort Reversed(ushort mask)
    {
        ushort reversed = 0;
        for (var i = 0; i < 16; i++)
            if ((mask >> i & 1) != 0)
                reversed |= (ushort)(1 << (15 - i));
        return reversed;
    }

    private static Refusal Unsupported(string why) => new(RefusalCode.InputUnsupported, why);

    private bool IsIn(int cluster, int share) => (_sets[share] >> cluster & 1) != 0;
}
