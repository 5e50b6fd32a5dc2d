namespace VaultGrid.Grains.SharedKeys;

/// <summary>
/// The prepared sessions of one version of a key. In memory only, as the nonces are in the enclaves; each is taken out for good. Used on the turns of one
/// activation.
/// </summary>
internal sealed class NonceStock(TimeProvider time)
{
    private readonly Queue<PreparedCrew> _ready = new();

    /// <summary>How many there are.</summary>
    public int Count => _ready.Count;

    /// <summary>Takes one out; null where there is none. What is too old, or has a signer that something is held against, is dropped.</summary>
    /// <param name="isGrudged">True for who is asked last for now.</param>
    /// <param name="mayBeAsked">True for holders that what is to be signed is for: others stay for other callers.</param>
    public PreparedCrew? Take(Func<NodeId, bool> isGrudged, Func<NodeId, bool> mayBeAsked)
    {
        for (var left = _ready.Count; left > 0; left--)
        {
            var prepared = _ready.Dequeue();
            if (prepared.Until <= time.GetUtcNow() || prepared.Crew.Any(isGrudged)) continue;
            if (prepared.Crew.All(mayBeAsked)) return prepared;
            _ready.Enqueue(prepared);
        }

        return null;
    }

    /// <summary>Puts one in.</summary>
    public void Add(PreparedCrew prepared) => _ready.Enqueue(prepared);

    /// <summary>Forgets what was prepared with a node: its enclave has started again, or lies.</summary>
    public void Drop(NodeId node)
    {
        for (var left = _ready.Count; left > 0; left--)
        {
            var prepared = _ready.Dequeue();
            if (!prepared.Crew.Contains(node)) _ready.Enqueue(prepared);
        }
    }

    /// <summary>Forgets all: another version is in force.</summary>
    public void Clear() => _ready.Clear();
}
