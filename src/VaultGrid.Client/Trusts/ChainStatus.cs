namespace VaultGrid.Client;

/// <summary>A chain of Trusts.</summary>
public sealed record ChainStatus
{
    /// <summary>The chain.</summary>
    public required TrustId Chain { get; init; }

    /// <summary>The hash of its first Trust, which every Domain of the chain names.</summary>
    public required Hash256 First { get; init; }

    /// <summary>The newest Trust.</summary>
    public required Hash256 Newest { get; init; }

    /// <summary>The newest Trust's number.</summary>
    public required ulong Number { get; init; }

    /// <summary>The hashes of all Trusts, in order.</summary>
    public required IReadOnlyList<Hash256> Trusts { get; init; }

    /// <summary>The HSMs of the newest Trust.</summary>
    public required IReadOnlyList<NodeId> Hsms { get; init; }

    /// <summary>The HSMs that have wiped their wrap key for this chain.</summary>
    public IReadOnlyList<NodeId> Retired { get; init; } = [];

    /// <summary>How many Domains stand under this chain.</summary>
    public required long Domains { get; init; }

    /// <summary>How many of them stand under an older Trust than the newest: they wait to be re-wrapped.</summary>
    public required long Behind { get; init; }
}
