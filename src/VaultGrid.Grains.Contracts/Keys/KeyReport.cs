namespace VaultGrid.Grains;

/// <summary>A key's public part.</summary>
[GenerateSerializer, Immutable, Alias("vg.key.report.v1")]
public sealed record KeyReport
{
    /// <summary>Its name.</summary>
    [Id(0)] public required KeyId KeyId { get; init; }

    /// <summary>Its cluster.</summary>
    [Id(1)] public required ClusterId Cluster { get; init; }

    /// <summary>Its kind by name.</summary>
    [Id(2)] public required string Kind { get; init; }

    /// <summary>The hash of its birth record.</summary>
    [Id(3)] public required Hash256 Key { get; init; }

    /// <summary>The hash of its public part.</summary>
    [Id(4)] public required Hash256 Fingerprint { get; init; }

    /// <summary>The hash of the policy in force.</summary>
    [Id(5)] public required Hash256 Policy { get; init; }

    /// <summary>That policy, canonical bytes.</summary>
    [Id(6)] public required ReadOnlyMemory<byte> PolicyDocument { get; init; }

    /// <summary>The nodes that hold it.</summary>
    [Id(7)] public required ImmutableArray<NodeId> Holders { get; init; }

    /// <summary>When it was born.</summary>
    [Id(8)] public required DateTimeOffset Created { get; init; }

    /// <summary>How many signing requests were carried out with it through this grid.</summary>
    [Id(9)] public required long Signatures { get; init; }

    /// <summary>What there is to know of a key that several clusters hold; null for a key of one.</summary>
    [Id(10)] public ThresholdReport? Threshold { get; init; }
}

/// <summary>The public side of a key that several clusters hold.</summary>
/// <param name="PublicKey">X, compressed, 33 bytes.</param>
/// <param name="ChainCode">32 bytes: X is the root of a BIP-32 tree.</param>
/// <param name="Threshold">How many clusters sign together (t).</param>
/// <param name="Clusters">Who holds shares (n), ascending.</param>
/// <param name="ShareVersion">The version of the shares.</param>
/// <param name="Manifest">The hash of the dealer's manifest.</param>
[GenerateSerializer, Immutable, Alias("vg.key.threshold.v1")]
public sealed record ThresholdReport(
    [property: Id(0)] ReadOnlyMemory<byte> PublicKey,
    [property: Id(1)] ReadOnlyMemory<byte> ChainCode,
    [property: Id(2)] int Threshold,
    [property: Id(3)] ImmutableArray<ClusterId> Clusters,
    [property: Id(4)] uint ShareVersion,
    [property: Id(5)] Hash256 Manifest);

/// <summary>A derived account.</summary>
/// <param name="Key">The hash of the key's birth record.</param>
/// <param name="Path">Its path.</param>
/// <param name="ExtendedKey">The serialized extended public key (BIP-32), 78 bytes.</param>
[GenerateSerializer, Immutable, Alias("vg.key.account.v1")]
public sealed record AccountReport([property: Id(0)] Hash256 Key, [property: Id(1)] string Path, [property: Id(2)] ReadOnlyMemory<byte> ExtendedKey);
