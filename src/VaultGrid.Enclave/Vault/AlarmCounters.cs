using System.Collections.Immutable;

namespace VaultGrid.Enclave;

/// <summary>
/// How often a check of what other nodes sent has failed, per key and set of those nodes (protocols §4, rules). Stored beside the versioned part:
/// a count is no irreversible step. Immutable.
/// </summary>
/// <remarks>Clearings are counted too, so that no two states have one hash: an approved <c>alarm-clear</c> fits once, even if the same alarms come back.</remarks>
internal sealed class AlarmCounters
{
    /// <summary>From how many on sessions with a whole set are refused.</summary>
    public const uint Limit = KnownAlarm.Limit;

    /// <summary>The most counters; past it the lowest goes first.</summary>
    public const int Capacity = 4096;

    /// <summary>No alarms.</summary>
    public static readonly AlarmCounters None = new([], 0, []);

    // Requests whose repetition is answered again.
    private const int Remembered = 16;

    private readonly ImmutableArray<Counter> _all;
    private readonly ulong _clearings;
    private readonly ImmutableArray<Hash256> _requests;

    private AlarmCounters(ImmutableArray<Counter> all, ulong clearings, ImmutableArray<Hash256> requests) => (_all, _clearings, _requests) = (all, clearings, requests);

    private static ReadOnlySpan<byte> Tag => "VaultGrid/v1/alarms\0"u8;

    private static ReadOnlySpan<byte> ClearedTag => "VaultGrid/v2/alarms\0"u8;

    /// <summary>True where nothing was ever counted.</summary>
    public bool IsEmpty => _all.IsEmpty && _clearings == 0;

    /// <summary>The hash that an <c>alarm-clear</c> names.</summary>
    public Hash256 Hash => Hash256.Of("alarms", ToBytes());

    /// <summary>The counters that a status tells, the highest first.</summary>
    public IReadOnlyList<KnownAlarm> Told =>
        [.. _all.OrderByDescending(counter => counter.Count).Take(KnownAlarm.Told).Select(counter => new KnownAlarm(counter.Key, counter.Nodes, counter.Count))];

    /// <summary>The count of a key and set of nodes.</summary>
    public uint Of(Hash256 key, IReadOnlyCollection<NodeId> nodes) => Find(key, nodes)?.Count ?? 0;

    /// <summary>True where a session with these others would contain a set that has reached the limit.</summary>
    public bool Blocks(Hash256 key, IReadOnlyCollection<NodeId> others) =>
        _all.Any(counter => counter.Key == key && counter.Count >= Limit && counter.Nodes.All(others.Contains));

    /// <summary>True where this request has cleared alarms before.</summary>
    public bool WasClearedBy(Hash256 request) => _requests.Contains(request);

    /// <summary>One more.</summary>
    public AlarmCounters Raise(Hash256 key, IReadOnlyCollection<NodeId> nodes)
    {
        if (Find(key, nodes) is { } known) return With(_all.Replace(known, known with { Count = Math.Min(known.Count, uint.MaxValue - 1) + 1 }));
        var kept = _all.Length < Capacity ? _all : _all.Remove(_all.MinBy(counter => counter.Count)!);
        return With(kept.Add(new Counter(key, [.. nodes.OrderBy(node => node.Cluster.Number).ThenBy(node => node.Index)], 1)));
    }

    /// <summary>Without the counter of a key and set, by an approved request; null where there is none.</summary>
    public AlarmCounters? Clear(Hash256 key, IReadOnlyCollection<NodeId> nodes, Hash256 request) => Find(key, nodes) is { } counter
        ? new AlarmCounters(_all.Remove(counter), _clearings + 1, [.. _requests.Prepend(request).Take(Remembered)])
        : null;

    /// <summary>The unversioned part of the store; empty where there are none. Version 2 where alarms were ever cleared.</summary>
    public byte[] ToBytes()
    {
        if (IsEmpty) return [];
        return _clearings == 0
            ? WriteCounters(new WireWriter().Fixed(Tag)).ToArray()
            : WriteCounters(new WireWriter().Fixed(ClearedTag)).U64(_clearings).List(_requests, (to, request) => to.Hash(request)).ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    public static Outcome<AlarmCounters> Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return None;
        var reader = new WireReader(bytes);
        var cleared = PublicBytes.Equal(bytes[..Math.Min(bytes.Length, ClearedTag.Length)], ClearedTag);
        reader.Tag(cleared ? ClearedTag : Tag);
        var all = reader.List(Capacity, (ref WireReader from) =>
            new Counter(from.Hash(), [.. from.List(ClusterSet.Limit, (ref WireReader inner) => inner.NodeId())], from.U32()));
        var clearings = cleared ? reader.U64() : 0;
        var requests = cleared ? reader.List(Remembered, (ref WireReader from) => from.Hash()) : [];
        return reader.End("the store's unversioned part", out var refusal, RefusalCode.StoreTampered) ? new AlarmCounters([.. all], clearings, [.. requests]) : refusal;
    }

    private AlarmCounters With(ImmutableArray<Counter> all) => new(all, _clearings, _requests);

    private WireWriter WriteCounters(WireWriter writer) =>
        writer.List(_all, (to, counter) => to.Hash(counter.Key).List(counter.Nodes, (inner, node) => inner.Node(node)).U32(counter.Count));

    private Counter? Find(Hash256 key, IReadOnlyCollection<NodeId> nodes) =>
        _all.FirstOrDefault(counter => counter.Key == key && counter.Nodes.Length == nodes.Count && counter.Nodes.All(nodes.Contains));

    private sealed record Counter(Hash256 Key, ImmutableArray<NodeId> Nodes, uint Count);
}
