namespace VaultGrid.Grains.Sessions;

/// <summary>Prepared sessions by combination, each handed out once, the oldest first. Pure but for what it holds; used on one activation's turns.</summary>
internal sealed class PresignStock
{
    private readonly List<(PreparedSession Session, DateTimeOffset Until)> _ready = [];

    /// <summary>How many there are.</summary>
    public int Count => _ready.Count;

    /// <summary>How many there are for a combination.</summary>
    public int CountOf(ImmutableArray<NodeId> participants) => _ready.Count(ready => ready.Session.Participants.SequenceEqual(participants));

    /// <summary>Adds one.</summary>
    public void Add(PreparedSession session, DateTimeOffset until) => _ready.Add((session, until));

    /// <summary>Takes one without the nodes to avoid; null where there is none.</summary>
    public PreparedSession? Take(ImmutableArray<NodeId> avoid)
    {
        var place = _ready.FindIndex(ready => !ready.Session.Participants.Any(avoid.Contains));
        if (place < 0) return null;
        var session = _ready[place].Session;
        _ready.RemoveAt(place);
        return session;
    }

    /// <summary>Removes what is too old; those are told, so that enclaves can be told too.</summary>
    public IReadOnlyList<PreparedSession> RemoveExpired(DateTimeOffset now) => Remove(ready => ready.Until <= now);

    /// <summary>Removes what was prepared with a node.</summary>
    public IReadOnlyList<PreparedSession> RemoveWith(NodeId node) => Remove(ready => ready.Session.Participants.Contains(node));

    /// <summary>Removes all.</summary>
    public IReadOnlyList<PreparedSession> RemoveAll() => Remove(_ => true);

    private List<PreparedSession> Remove(Predicate<(PreparedSession Session, DateTimeOffset Until)> which)
    {
        var removed = _ready.FindAll(which).ConvertAll(ready => ready.Session);
        _ready.RemoveAll(which);
        return removed;
    }
}
