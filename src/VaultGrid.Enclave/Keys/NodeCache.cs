namespace VaultGrid.Enclave;

/// <summary>
/// Inner nodes of BIP-32 trees that were derived before, in locked memory, so that a signature costs one derivation step. Bounded; what was
/// not used for longest goes first. Leaves are never kept.
/// </summary>
internal sealed class NodeCache : IDisposable
{
    /// <summary>The most nodes kept.</summary>
    public const int Capacity = 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<(Hash256 Key, DerivationPath Path), LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = [];
    private bool _closed;

    /// <summary>The node at a path, derived or found; a lease that the caller gives back.</summary>
    public Outcome<Leased<ExtendedPrivateKey>.Lease> Take(VaultKey key, DerivationPath path)
    {
        if (TryFind((key.Hash, path), out var found)) return found;
        if (!Derive(key, path).Is(out var derived, out var refusal)) return refusal;

        var kept = new Leased<ExtendedPrivateKey>(derived);
        kept.TryTake(out var lease);
        Keep((key.Hash, path), kept);
        return lease;
    }

    /// <summary>Forgets everything, for good.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            foreach (var entry in _byUse) entry.Node.Close();
            _byUse.Clear();
            _entries.Clear();
        }
    }

    /// <summary>Always the same text.</summary>
    public override string ToString() => "NodeCache(redacted)";

    private static Outcome<ExtendedPrivateKey> Derive(VaultKey key, DerivationPath path)
    {
        if (!key.Seed.TryTake(out var seed)) return new Refusal(RefusalCode.PhaseRefused, "the key was destroyed");
        using (seed)
        {
            if (!ExtendedPrivateKey.FromSeed(seed.Value).Is(out var root, out var refusal)) return refusal;
            using (root) return root.Derive(path);
        }
    }

    private bool TryFind((Hash256 Key, DerivationPath Path) name, out Leased<ExtendedPrivateKey>.Lease lease)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(name, out var entry) && entry.Value.Node.TryTake(out lease))
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

    private void Keep((Hash256 Key, DerivationPath Path) name, Leased<ExtendedPrivateKey> node)
    {
        lock (_gate)
        {
            if (_closed || _entries.ContainsKey(name))
            {
                // Another thread derived it meanwhile, or the keys are destroyed: this one ends with its lease.
                node.Close();
                return;
            }

            _entries[name] = _byUse.AddFirst(new Entry(name, node));
            if (_byUse.Count <= Capacity) return;
            var last = _byUse.Last!.Value;
            _byUse.RemoveLast();
            _entries.Remove(last.Name);
            last.Node.Close();
        }
    }

    private sealed record Entry((Hash256 Key, DerivationPath Path) Name, Leased<ExtendedPrivateKey> Node)
    {
        public override string ToString() => "Entry(redacted)";
    }
}
