namespace VaultGrid.Dealing;

/// <summary>What is to be dealt, and to whom.</summary>
public sealed record DealOrder
{
    /// <summary>The key's first policy; it names the key.</summary>
    public required KeyPolicy FirstPolicy { get; init; }

    /// <summary>t: how many clusters sign.</summary>
    public required int Threshold { get; init; }

    /// <summary>One node of each cluster, clusters ascending.</summary>
    public required IReadOnlyList<VerifiedWrapKey> Recipients { get; init; }

    /// <summary>Bits of P's modulus. Enclaves take no less than 3072.</summary>
    /// <value>3072.</value>
    public PaillierModulusSize Modulus { get; init; } = PaillierModulusSize.Bits3072;
}
