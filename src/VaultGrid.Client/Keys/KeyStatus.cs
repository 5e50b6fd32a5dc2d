namespace VaultGrid.Client;

/// <summary>A key of a cluster.</summary>
public sealed record KeyStatus
{
    /// <summary>Its name.</summary>
    public required KeyId KeyId { get; init; }

    /// <summary>The cluster.</summary>
    public required ClusterId Cluster { get; init; }

    /// <summary>Its kind: <c>bip32</c>, or <c>threshold-ecdsa</c> where several clusters hold it.</summary>
    public required string Kind { get; init; }

    /// <summary>The hash of its birth record: how requests name it.</summary>
    public required Hash256 Key { get; init; }

    /// <summary>The hash of its public part.</summary>
    public required Hash256 Fingerprint { get; init; }

    /// <summary>The hash of the policy in force.</summary>
    public required Hash256 Policy { get; init; }

    /// <summary>That policy, canonical bytes.</summary>
    public required ReadOnlyMemory<byte> PolicyDocument { get; init; }

    /// <summary>The nodes that hold it.</summary>
    public required IReadOnlyList<NodeId> Holders { get; init; }

    /// <summary>When it was born.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>How many signatures it has made through this grid.</summary>
    public required long Signatures { get; init; }

    /// <summary>What there is to know of a key that several clusters hold; left out for a key of one.</summary>
    public ThresholdStatus? Threshold { get; init; }
}

/// <summary>The public side of a key that several clusters hold.</summary>
/// <param name="PublicKey">X, compressed, 33 bytes.</param>
/// <param name="ChainCode">32 bytes: X is the root of a BIP-32 tree of non-hardened children.</param>
/// <param name="Needed">How many clusters sign together (t).</param>
/// <param name="Clusters">Who holds shares (n), ascending.</param>
/// <param name="ShareVersion">The version of the shares.</param>
/// <param name="Manifest">The hash of the dealer's manifest, which administrators approved.</param>
public sealed record ThresholdStatus(
    ReadOnlyMemory<byte> PublicKey, ReadOnlyMemory<byte> ChainCode, int Needed, IReadOnlyList<ClusterId> Clusters, long ShareVersion, Hash256 Manifest);

/// <summary>A derived account.</summary>
/// <param name="KeyId">The key.</param>
/// <param name="Path">The path.</param>
/// <param name="ExtendedPublicKey">The extended public key (BIP-32, Base58Check).</param>
/// <param name="PublicKey">The compressed public key, 33 bytes.</param>
/// <param name="Ethereum">Its Ethereum address (EIP-55).</param>
/// <param name="BitcoinSegwit">Its P2WPKH address, main network.</param>
/// <param name="BitcoinTaproot">Its P2TR key-path address (BIP-86), main network.</param>
public sealed record AccountStatus(
    KeyId KeyId, string Path, string ExtendedPublicKey, ReadOnlyMemory<byte> PublicKey, string Ethereum, string BitcoinSegwit, string BitcoinTaproot);
