namespace VaultGrid.Enclave;

/// <summary>
/// Master keys that were opened lately, in locked memory, so that a use doesn't open its token again. Whether they may be used is asked every time. Bounded; what was not used for
/// longest goes first, and everything goes when a chain changes.
/// </summary>
internal sealed class MasterKeyCache : IDisposable
{
    /// <summary>The most bytes of secrets: 16,384 AES keys.</summary>
    public const int Capacity = 512 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<(Hash256 Keys, uint Version), LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = [];
    private long _weight;
    private long _epoch;
    private bool _closed;

    /// <summary>Grows whenever everything is forgotten: what was opened under an earlier one isn't kept.</summary>
    public long Epoch => Interlocked.Read(ref _epoch);

    /// <summary>A master key by its Domain's keys and its version.</summary>
    public bool TryTake((Hash256 Keys, uint Version) name, out Leased<OpenMaster>.Lease lease)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(name, out var entry) && entry.Value.Master.TryTake(out lease))
            {
                if (!ReferenceEquals(_byUse.First, entry))
                {
                    _byUse.Remove(entry);
                    _byUse.AddFirst(entry);
                }

                return true;
            }
        }

        lease = default;
        return false;
    }

    /// <summary>Keeps a master key, which belongs to the cache from now on, and gives a lease of it.</summary>
    public Leased<OpenMaster>.Lease Keep((Hash256 Keys, uint Version) name, MasterKey master, long epoch)
    {
        var kept = new Leased<OpenMaster>(new OpenMaster(master));
        kept.TryTake(out var lease);
        lock (_gate)
        {
            if (_closed || epoch != _epoch || _entries.ContainsKey(name))
            {
                // Another thread opened it meanwhile, or what let it be opened has changed: this one ends with its lease.
                kept.Close();
                return lease;
            }

            _entries[name] = _byUse.AddFirst(new Entry(name, kept, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)master.Secret.Length)));
            _weight += _byUse.First!.Value.Weight;
            while (_weight > Capacity) Drop(_byUse.Last!.Value);
            return lease;
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _epoch++;
            while (_byUse.Last is { } last) Drop(last.Value);
        }
    }

    /// <summary>Forgets everything, for good.</summary>
    public void Dispose()
    {
        lock (_gate) _closed = true;
        Clear();
    }

    /// <summary>Always the same text.</summary>
    public override string ToString() => "MasterKeyCache(redacted)";

    private void Drop(Entry entry)
    {
        _byUse.Remove(_entries[entry.Name]);
        _entries.Remove(entry.Name);
        _weight -= entry.Weight;
        entry.Master.Close();
    }

    private sealed record Entry((Hash256 Keys, uint Version) Name, Leased<OpenMaster> Master, int Weight)
    {
        public override string ToString() => "Entry(redacted)";
    }
}
