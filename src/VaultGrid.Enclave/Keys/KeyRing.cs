using System.Collections.Immutable;

namespace VaultGrid.Enclave;

/// <summary>The keys of an enclave, by the hash of their birth record and by name. Immutable.</summary>
internal sealed class KeyRing
{
    /// <summary>No keys.</summary>
    public static readonly KeyRing Empty = new(
        ImmutableSortedDictionary.Create<string, VaultKey>(StringComparer.Ordinal), ImmutableDictionary<Hash256, VaultKey>.Empty);

    private readonly ImmutableSortedDictionary<string, VaultKey> _byName;
    private readonly ImmutableDictionary<Hash256, VaultKey> _byHash;

    // What tells this ring from others, for those that come of it: a ring keeps no other alive.
    private readonly object _stamp = new();
    private object? _before;
    private VaultKey? _added;

    private KeyRing(ImmutableSortedDictionary<string, VaultKey> byName, ImmutableDictionary<Hash256, VaultKey> byHash) =>
        (_byName, _byHash) = (byName, byHash);

    /// <summary>The keys, in order of their names.</summary>
    public IEnumerable<VaultKey> All => _byName.Values;

    /// <summary>How many there are.</summary>
    public int Count => _byName.Count;

    /// <summary>Finds a key by the hash of its birth record; <c>key.unknown</c>.</summary>
    public Outcome<VaultKey> Find(Hash256 hash) => _byHash.TryGetValue(hash, out var key)
        ? key
        : new Refusal(RefusalCode.KeyUnknown, $"this enclave holds no key {hash}");

    /// <summary>Finds a key by its name, or null.</summary>
    public VaultKey? Find(KeyId id) => _byName.GetValueOrDefault(id.ToString());

    /// <summary>The ring with a key added, or replaced by the same key with its next policies.</summary>
    public KeyRing With(VaultKey key)
    {
        var name = key.Birth.KeyId.ToString();
        var isNew = !_byName.ContainsKey(name) && !_byHash.ContainsKey(key.Hash);
        return new(_byName.SetItem(name, key), _byHash.SetItem(key.Hash, key)) { _before = isNew ? _stamp : null, _added = isNew ? key : null };
    }

    /// <summary>The key that this ring has and another one, which it was made of, has not; null where that is not all that tells them apart.</summary>
    public VaultKey? AddedTo(KeyRing before) => ReferenceEquals(_before, before._stamp) ? _added : null;
}
