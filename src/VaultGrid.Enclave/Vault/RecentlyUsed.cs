namespace VaultGrid.Enclave;

/// <summary>
/// Public values that were used lately, up to a weight: two generations, the young one becomes the old when it is half full, and what is found in the old one moves
/// to the young. Safe for use from any thread.
/// </summary>
internal sealed class RecentlyUsed<TKey, TValue>(long capacity, Func<TValue, long> weigh)
    where TKey : notnull
    where TValue : class
{
    private readonly Lock _gate = new();
    private Dictionary<TKey, TValue> _young = [];
    private Dictionary<TKey, TValue> _old = [];
    private long _weight;

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _young.Count + _old.Count;
        }
    }

    /// <summary>A value, or null.</summary>
    public TValue? Find(TKey key)
    {
        lock (_gate)
        {
            if (_young.TryGetValue(key, out var value)) return value;
            if (!_old.Remove(key, out value)) return null;
            Keep(key, value);
            return value;
        }
    }

    /// <summary>Keeps a value; one that is there stays.</summary>
    public void Add(TKey key, TValue value)
    {
        lock (_gate)
        {
            if (_young.ContainsKey(key)) return;
            _old.Remove(key);
            Keep(key, value);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        lock (_gate) (_young, _old, _weight) = ([], [], 0);
    }

    private void Keep(TKey key, TValue value)
    {
        var weight = weigh(value);
        if (_weight + weight > capacity / 2) (_old, _young, _weight) = (_young, [], 0);
        _young[key] = value;
        _weight += weight;
    }
}
