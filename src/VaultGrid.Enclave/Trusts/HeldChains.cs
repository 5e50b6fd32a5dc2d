using System.Collections.Immutable;

namespace VaultGrid.Enclave;

/// <summary>The chains of Trusts that this enclave has wrap keys for, in order of their making, and the one Bootstrap Trust under its root. Immutable.</summary>
internal sealed class HeldChains
{
    /// <summary>None.</summary>
    public static readonly HeldChains Empty = new([], null);

    private readonly ImmutableDictionary<TrustId, HeldChain> _byId;
    private readonly ImmutableDictionary<Hash256, HeldChain> _byFirst;

    private HeldChains(ImmutableArray<HeldChain> all, Hash256? bootstrap)
    {
        (All, Bootstrap) = (all, bootstrap);
        _byId = all.ToImmutableDictionary(chain => chain.Id);
        _byFirst = all.Where(chain => chain.First is not null).ToImmutableDictionary(chain => chain.First!.Value);
    }

    /// <summary>All of them, the oldest first.</summary>
    public ImmutableArray<HeldChain> All { get; }

    /// <summary>The Bootstrap Trust that was sealed or verified here, or null; remembered for good.</summary>
    public Hash256? Bootstrap { get; }

    /// <summary>True where there is nothing to store.</summary>
    public bool IsEmpty => All.IsEmpty && Bootstrap is null;

    /// <summary>A chain by its id, or null.</summary>
    public HeldChain? Find(TrustId id) => _byId.GetValueOrDefault(id);

    /// <summary>A chain by the hash of its first Trust, or null.</summary>
    public HeldChain? FindByFirst(Hash256 first) => _byFirst.GetValueOrDefault(first);

    /// <summary>With a chain, new or in the place of its earlier state.</summary>
    public HeldChains With(HeldChain chain) => new(Find(chain.Id) is { } before ? All.Replace(before, chain) : All.Add(chain), Bootstrap);

    /// <summary>Without a chain.</summary>
    public HeldChains Without(HeldChain chain) => new(All.Remove(chain), Bootstrap);

    /// <summary>With the Bootstrap Trust remembered.</summary>
    public HeldChains WithBootstrap(Hash256 trust) => new(All, trust);

    /// <summary>What is told of them, in order of their ids.</summary>
    public KnownChain[] Told() => [.. All.OrderBy(chain => chain.Id.ToString(), StringComparer.Ordinal).Select(chain => chain.Known)];

    /// <summary>Wipes all wrap keys.</summary>
    public void Close()
    {
        foreach (var chain in All) chain.Key?.Close();
    }
}
