using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace VaultGrid.Model;

/// <summary>Clusters that act on one request together: two or more, ascending, each once. Equal by what is in it.</summary>
public sealed class ClusterSet : IEquatable<ClusterSet>
{
    /// <summary>The most clusters.</summary>
    public const int Limit = 16;

    private ClusterSet(ImmutableArray<ClusterId> all) => All = all;

    /// <summary>The clusters, ascending.</summary>
    public ImmutableArray<ClusterId> All { get; }

    /// <summary>Makes a set; false unless the clusters are 2 to 16, ascending, each once.</summary>
    public static bool TryCreate(IEnumerable<ClusterId> clusters, [NotNullWhen(true)] out ClusterSet? set)
    {
        ImmutableArray<ClusterId> all = [.. clusters];
        var ascending = all.Length is >= 2 and <= Limit;
        for (var i = 1; i < all.Length; i++) ascending &= all[i - 1].Number < all[i].Number;
        set = ascending ? new ClusterSet(all) : null;
        return ascending;
    }

    /// <summary>The clusters of these numbers, in any order.</summary>
    /// <exception cref="ArgumentException">They are not 2 to 16 different ones.</exception>
    public static ClusterSet Of(params IEnumerable<uint> numbers) =>
        TryCreate(numbers.Order().Select(number => new ClusterId(number)), out var set)
            ? set
            : throw new ArgumentException($"A set has 2 to {Limit} different clusters.", nameof(numbers));

    /// <summary>True where a cluster is in it.</summary>
    public bool Contains(ClusterId cluster) => All.Contains(cluster);

    /// <inheritdoc/>
    public bool Equals(ClusterSet? other) => other is not null && All.AsSpan().SequenceEqual(other.All.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ClusterSet);

    /// <inheritdoc/>
    public override int GetHashCode() => All.Aggregate(0, HashCode.Combine);

    /// <summary>Such as <c>1, 2, 3</c>.</summary>
    public override string ToString() => string.Join(", ", All);
}
