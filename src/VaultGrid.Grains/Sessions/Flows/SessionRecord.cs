namespace VaultGrid.Grains.Sessions;

/// <summary>
/// What went wrong so far. A node that does not answer, or can't take part now, is out; one that is accused, or may be the one that lies, is suspected,
/// once for each time; a combination that an enclave's alarm blocks is closed. Immutable.
/// </summary>
/// <remarks>An accusation names the smallest set that surely contains the culprit, so all of it is suspected, and other combinations narrow it.</remarks>
internal sealed class SessionRecord
{
    private readonly ImmutableHashSet<NodeId> _out;
    private readonly ImmutableDictionary<NodeId, int> _suspicions;
    private readonly ImmutableHashSet<string> _closed;

    private SessionRecord(ImmutableHashSet<NodeId> away, ImmutableDictionary<NodeId, int> suspicions, ImmutableHashSet<string> closed) =>
        (_out, _suspicions, _closed) = (away, suspicions, closed);

    /// <summary>Nothing yet.</summary>
    public static SessionRecord Empty { get; } = new([], ImmutableDictionary<NodeId, int>.Empty, []);

    /// <summary>True for a node that does not answer, or can't take part now.</summary>
    public bool IsOut(NodeId node) => _out.Contains(node);

    /// <summary>How often a node was suspected.</summary>
    public int Suspicions(NodeId node) => _suspicions.GetValueOrDefault(node);

    /// <summary>Everybody who is out or was suspected.</summary>
    public ImmutableArray<NodeId> Avoided => [.. _out, .. _suspicions.Keys];

    /// <summary>True where these nodes together are refused by one of them, in whatever order.</summary>
    public bool IsClosed(IEnumerable<NodeId> nodes) => _closed.Contains(NameOf(nodes));

    /// <summary>A node is out.</summary>
    public SessionRecord Without(NodeId node) => new(_out.Add(node), _suspicions, _closed);

    /// <summary>Everybody may be asked again; suspicions stay.</summary>
    public SessionRecord Forgiven() => new([], _suspicions, _closed);

    /// <summary>Nodes are suspected once more.</summary>
    public SessionRecord Suspecting(IEnumerable<NodeId> nodes) =>
        new(_out, nodes.Aggregate(_suspicions, (all, node) => all.SetItem(node, all.GetValueOrDefault(node) + 1)), _closed);

    /// <summary>These nodes together are closed.</summary>
    public SessionRecord Closing(IEnumerable<NodeId> nodes) => new(_out, _suspicions, _closed.Add(NameOf(nodes)));

    private static string NameOf(IEnumerable<NodeId> nodes) => string.Join(' ', nodes.Select(node => node.ToString()).Order(StringComparer.Ordinal));
}
