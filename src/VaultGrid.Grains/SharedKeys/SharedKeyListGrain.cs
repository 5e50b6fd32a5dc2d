namespace VaultGrid.Grains.SharedKeys;

/// <summary>The list of shared keys.</summary>
internal sealed class SharedKeyListGrain([PersistentState("shared-keys")] IPersistentState<SharedKeyListState> stored) : Grain, ISharedKeyListGrain
{
    private static readonly Comparer<SharedKeyEntry> ByName = Comparer<SharedKeyEntry>.Create((one, other) =>
        string.CompareOrdinal(one.KeyId.ToString(), other.KeyId.ToString()) is not 0 and var order ? order : string.CompareOrdinal(one.Key.ToString(), other.Key.ToString()));

    public async Task AddAsync(SharedKeyEntry entry, CancellationToken cancellationToken)
    {
        var at = stored.State.Keys.BinarySearch(entry, ByName);
        if (at >= 0) return;
        stored.State.Keys = stored.State.Keys.Insert(~at, entry);
        await stored.WriteStateAsync(cancellationToken);
    }

    public Task<SharedKeyEntries> ListAsync(string? after, KeyId? name, int limit, CancellationToken cancellationToken)
    {
        IEnumerable<SharedKeyEntry> keys = stored.State.Keys;
        if (after is not null) keys = keys.SkipWhile(key => key.Key.ToString() != after).Skip(1);
        if (name is { } wanted) keys = keys.Where(key => key.KeyId == wanted);
        var rest = keys.Take(limit + 1).ToList();
        return Task.FromResult(new SharedKeyEntries([.. rest.Take(limit)], rest.Count > limit));
    }
}

/// <summary>What the list remembers.</summary>
[GenerateSerializer, Alias("vg.shared-list.state.v1")]
internal sealed class SharedKeyListState
{
    /// <summary>The keys, by name.</summary>
    [Id(0)] public ImmutableArray<SharedKeyEntry> Keys { get; set; } = [];
}
