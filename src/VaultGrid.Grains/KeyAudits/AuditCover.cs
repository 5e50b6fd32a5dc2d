using System.Numerics;

namespace VaultGrid.Grains.KeyAudits;

/// <summary>
/// Which sessions of a key of several clusters use every share of every node, and whom the failed ones point at; pure. For every set F of t − 1 clusters
/// there is a share, held by all others, and a session uses it at the first participant, in order of cluster, that is not in F (protocols §4).
/// </summary>
internal sealed class AuditCover
{
    // A share is tried again in other company before its node is given up.
    private const int Attempts = 3;
    private const int LargestCulprits = 3;

    private readonly ImmutableArray<ClusterId> _clusters;
    private readonly int _threshold;
    private readonly ImmutableArray<uint> _shares;
    private readonly Dictionary<ClusterId, ImmutableArray<NodeId>> _nodes;
    private readonly Dictionary<(NodeId Node, int Share), int> _attempts = [];
    private readonly HashSet<(NodeId Node, int Share)> _proven = [];
    private readonly HashSet<string> _tried = new(StringComparer.Ordinal);
    private readonly List<(ImmutableArray<NodeId> Crew, ImmutableArray<NodeId> Suspects)> _failed = [];

    /// <param name="clusters">The clusters that hold the key, ascending.</param>
    /// <param name="threshold">How many sign.</param>
    /// <param name="holders">The nodes that take part.</param>
    public AuditCover(ImmutableArray<ClusterId> clusters, int threshold, IEnumerable<NodeId> holders)
    {
        (_clusters, _threshold) = (clusters, threshold);
        _shares = [.. Sets(threshold - 1)];
        _nodes = holders.GroupBy(node => node.Cluster).ToDictionary(group => group.Key, group => group.OrderBy(node => node.Index).ToImmutableArray());
    }

    /// <summary>Shares of nodes that no session has used with success.</summary>
    public int Uncovered => Pairs().Count(pair => !_proven.Contains(pair));

    /// <summary>The participants of the session that uses most of what is left; null where no other helps.</summary>
    public ImmutableArray<NodeId>? Next() => Sets(_threshold)
        .Select(Crew)
        .Where(choice => choice.Gain > 0 && !_tried.Contains(Name(choice.Nodes)))
        .OrderByDescending(choice => choice.Gain)
        .Select(choice => (ImmutableArray<NodeId>?)choice.Nodes)
        .FirstOrDefault();

    /// <summary>A session made a signature: the shares that it used are good.</summary>
    public void Worked(ImmutableArray<NodeId> crew)
    {
        _tried.Add(Name(crew));
        foreach (var pair in Used(crew)) _proven.Add(pair);
    }

    /// <summary>A session made none.</summary>
    /// <param name="crew">Its participants.</param>
    /// <param name="suspects">Those among which the cause surely is.</param>
    public void Failed(ImmutableArray<NodeId> crew, ImmutableArray<NodeId> suspects)
    {
        _tried.Add(Name(crew));
        _failed.Add((crew, suspects.IsEmpty ? crew : suspects));
        foreach (var pair in Used(crew)) _attempts[pair] = _attempts.GetValueOrDefault(pair) + 1;
    }

    /// <summary>A node does not answer: it is left out from now on.</summary>
    public void Unreached(NodeId node)
    {
        if (_nodes.TryGetValue(node.Cluster, out var nodes)) _nodes[node.Cluster] = nodes.Remove(node);
    }

    /// <summary>Who explains all failures: the one smallest set of nodes that does, or, where several do, all that are in them.</summary>
    public (ImmutableArray<NodeId> Broken, ImmutableArray<NodeId> Suspects) Named()
    {
        // A node all of whose shares in a failed session have worked elsewhere is not its cause.
        var open = _failed
            .Select(failure => failure.Suspects.Where(node => Used(failure.Crew).Any(pair => pair.Node == node && !_proven.Contains(pair))).ToImmutableArray())
            .Where(suspects => !suspects.IsEmpty)
            .ToList();
        if (open.Count == 0) return ([], []);

        ImmutableArray<NodeId> all = [.. open.SelectMany(suspects => suspects).Distinct().OrderBy(node => node.Cluster.Number).ThenBy(node => node.Index)];
        for (var size = 1; size <= Math.Min(LargestCulprits, all.Length); size++)
        {
            var hitting = Subsets(all, size).Where(set => open.TrueForAll(suspects => suspects.Any(set.Contains))).ToList();
            if (hitting.Count == 1) return (hitting[0], []);
            if (hitting.Count > 1) return ([], [.. all.Where(node => hitting.Any(set => set.Contains(node)))]);
        }

        return ([], all);
    }

    private static string Name(ImmutableArray<NodeId> crew) => string.Join(' ', crew);

    private static IEnumerable<ImmutableArray<NodeId>> Subsets(ImmutableArray<NodeId> of, int size)
    {
        if (size == 0) return [[]];
        return Enumerable.Range(0, Math.Max(0, of.Length - size + 1)).SelectMany(first => Subsets(of[(first + 1)..], size - 1).Select(rest => rest.Insert(0, of[first])));
    }

    // Sets of clusters as masks over their places.
    private IEnumerable<uint> Sets(int size)
    {
        for (var mask = 0u; mask < 1u << _clusters.Length; mask++)
            if (BitOperations.PopCount(mask) == size)
                yield return mask;
    }

    private (ImmutableArray<NodeId> Nodes, double Gain) Crew(uint set)
    {
        var given = Given(set);
        var (crew, gain) = (ImmutableArray.CreateBuilder<NodeId>(_threshold), 0.0);
        for (var place = 0; place < _clusters.Length; place++)
        {
            if ((set >> place & 1) == 0) continue;
            if (!_nodes.TryGetValue(_clusters[place], out var nodes) || nodes.IsEmpty) return ([], 0);
            var best = nodes.MaxBy(node => Gain(node, given[place]));
            crew.Add(best);
            gain += Gain(best, given[place]);
        }

        return (crew.MoveToImmutable(), gain);
    }

    private double Gain(NodeId node, List<int> shares) => shares.Sum(share =>
        _proven.Contains((node, share)) || _attempts.GetValueOrDefault((node, share)) is var attempts && attempts >= Attempts ? 0 : 1.0 / (1 + attempts));

    // Which shares a session of these clusters uses at which of them.
    private List<int>[] Given(uint set)
    {
        var given = _clusters.Select(_ => new List<int>()).ToArray();
        for (var share = 0; share < _shares.Length; share++) given[BitOperations.TrailingZeroCount(set & ~_shares[share])].Add(share);
        return given;
    }

    private IEnumerable<(NodeId Node, int Share)> Used(ImmutableArray<NodeId> crew)
    {
        var given = Given(crew.Aggregate(0u, (set, node) => set | 1u << _clusters.IndexOf(node.Cluster)));
        return crew.SelectMany(node => given[_clusters.IndexOf(node.Cluster)].Select(share => (node, share)));
    }

    private IEnumerable<(NodeId Node, int Share)> Pairs() =>
        from cluster in _nodes
        from node in cluster.Value
        from share in Enumerable.Range(0, _shares.Length)
        where (_shares[share] >> _clusters.IndexOf(cluster.Key) & 1) == 0
        select (node, share);
}
