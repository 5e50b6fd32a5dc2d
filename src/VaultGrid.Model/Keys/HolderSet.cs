using System.Collections.Immutable;

namespace VaultGrid.Model;

/// <summary>
/// Who holds the shares of a key, and how many of them may be malicious: (n, f) with n of at least 2f + 1; any f + 1 use the key (protocols.md, section 5).
/// </summary>
public sealed class HolderSet : IEquatable<HolderSet>
{
    /// <summary>The most holders.</summary>
    public const int Limit = 64;

    private HolderSet(ImmutableArray<NodeId> nodes, int faulty) => (Nodes, Faulty) = (nodes, faulty);

    /// <summary>The holders in ascending order; the first holds share 1.</summary>
    public ImmutableArray<NodeId> Nodes { get; }

    /// <summary>f.</summary>
    public int Faulty { get; }

    /// <summary>f + 1: how many use the key together.</summary>
    public int Signers => Faulty + 1;

    /// <summary>The clusters that holders belong to, ascending.</summary>
    public ImmutableArray<ClusterId> Clusters => [.. Nodes.Select(node => node.Cluster).Distinct()];

    /// <summary>Makes a set; <c>input.malformed</c> unless nodes ascend, each once, f is at least 1 and n from 2f + 1 to 64.</summary>
    public static Outcome<HolderSet> Of(IEnumerable<NodeId> nodes, int faulty)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        ImmutableArray<NodeId> all = [.. nodes.Take(Limit + 1)];
        var ascending = true;
        for (var i = 1; i < all.Length; i++)
            ascending &= (all[i - 1].Cluster.Number, all[i - 1].Index).CompareTo((all[i].Cluster.Number, all[i].Index)) < 0;
        return ascending && faulty >= 1 && all.Length >= (2L * faulty) + 1 && all.Length <= Limit
            ? new HolderSet(all, faulty)
            : new Refusal(RefusalCode.InputMalformed, $"holders stand in ascending order, each once; f is at least 1, and their number from 2f + 1 to {Limit}");
    }

    /// <summary>True where a node holds a share.</summary>
    public bool Contains(NodeId node) => Nodes.Contains(node);

    /// <inheritdoc/>
    public bool Equals(HolderSet? other) => other is not null && Faulty == other.Faulty && Nodes.AsSpan().SequenceEqual(other.Nodes.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as HolderSet);

    /// <inheritdoc/>
    public override int GetHashCode() => Nodes.Aggregate(Faulty, HashCode.Combine);

    /// <summary>Such as <c>(4, 1): 1/1, 1/2, 2/1, 2/2</c>.</summary>
    public override string ToString() => $"({Nodes.Length}, {Faulty}): {string.Join(", ", Nodes)}";
}
