using Orleans.Concurrency;

namespace VaultGrid.Grains;

/// <summary>The list of shared keys that the grid knows (key <see cref="IGridGrain.Key"/>).</summary>
[Alias("vg.shared-list.v1")]
public interface ISharedKeyListGrain : IGrainWithStringKey
{
    /// <summary>Adds a key, or what is new of it.</summary>
    [Alias("add")]
    Task AddAsync(SharedKeyEntry entry, CancellationToken cancellationToken);

    /// <summary>Keys in order of name.</summary>
    /// <param name="after">The hash before the first wanted, as text; null from the start.</param>
    /// <param name="name">Only keys of this name; null for all.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("list"), AlwaysInterleave]
    Task<SharedKeyEntries> ListAsync(string? after, KeyId? name, int limit, CancellationToken cancellationToken);
}

/// <summary>A shared key in the list.</summary>
/// <param name="KeyId">Its name.</param>
/// <param name="Key">The hash of its birth record.</param>
[GenerateSerializer, Immutable, Alias("vg.shared-list.entry.v1")]
public sealed record SharedKeyEntry([property: Id(0)] KeyId KeyId, [property: Id(1)] Hash256 Key);

/// <summary>Some of the list.</summary>
/// <param name="Keys">In order of name.</param>
/// <param name="More">Whether more follow.</param>
[GenerateSerializer, Immutable, Alias("vg.shared-list.entries.v1")]
public sealed record SharedKeyEntries([property: Id(0)] ImmutableArray<SharedKeyEntry> Keys, [property: Id(1)] bool More);
