using System.Collections.Immutable;

namespace VaultGrid.Enclave;

/// <summary>
/// How often a check of what other nodes sent has failed, per key and set of those nodes (protocols §4, rules). Stored beside the versioned part:
/// a count is no irreversible step. Immutable.
/// </summary>
internal sealed class AlarmCounters
{
    /// <summary>From how many on sessions with a whole set are refused.</summary>
    public const uint Limit = 3;

    /// <summary>The most counters; past it the lowest goes first.</summary>
    public const int Capacity = 4096;

    /// <summary>No alarms.</summary>
    public static readonly AlarmCounters None = new([]);

    private readonly ImmutableArray<Counter> _all;

    private AlarmCounters(ImmutableArray<Counter> all) => _all = all;

    private static ReadOnlySpan<byte> Tag => "VaultGrid/v1/alarms\0"u8;

    /// <summary>True where nothing was ever counted.</summary>
    public bool IsEmpty => _all.IsEmpty;

    /// <summary>The count of a key and set of nodes.</summary>
    public uint Of(Hash256 key, IReadOnlyCollection<NodeId> nodes) => Find(key, nodes)?.Count ?? 0;

    /// <summary>True where a session with these others would contain a set that has reached the limit.</summary>
    public bool Blocks(Hash256 key, IReadOnlyCollection<NodeId> others) =>
        _all.Any(counter => counter.Key == key && counter.Count >= Limit && counter.Nodes.All(others.Contains));

    /// <summary>One more.</summary>
    public AlarmCounters Raise(Hash256 key, IReadOnlyCollection<NodeId> nodes)
    {
        if (Find(key, nodes) is { } known) return new(_all.Replace(known, known with { Count = Math.Min(known.Count, uint.MaxValue - 1) + 1 }));
        var kept = _all.Length < Capacity ? _all : _all.Remove(_all.MinBy(counter => counter.Count)!);
        return new(kept.Add(new Counter(key, [.. nodes.OrderBy(node => node.Cluster.Number).ThenBy(node => node.Index)], 1)));
    }

    /// <summary>The unversioned part of the store; empty where there are none.</summary>
    public byte[] ToBytes() => IsEmpty
        ? []
        : new WireWriter().Fixed(Tag).List(_all, (to, counter) => to.Hash(counter.Key).List(counter.Nodes, (inner, node) => inner.Node(node)).U32(counter.Count)).ToArray();

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    public static Outcome<AlarmCounters> Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return None;
        var reader = new WireReader(bytes);
        reader.Tag(Tag);
        var all = reader.List(Capacity, (ref WireReader from) =>
            new Counter(from.Hash(), [.. from.List(ClusterSet.Limit, (ref WireReader inner) => inner.NodeId())], from.U32()));
        return reader.End("the store's unversioned part", out var refusal, RefusalCode.StoreTampered) ? new AlarmCounters([.. all]) : refusal;
    }

    private Counter? Find(Hash256 key, IReadOnlyCollection<NodeId> nodes) =>
        _all.FirstOrDefault(counter => counter.Key == key && counter.Nodes.Length == nodes.Count && counter.Nodes.All(nodes.Contains));

    private sealed record Counter(Hash256 Key, ImmutableArray<NodeId> Nodes, uint Count);
}
