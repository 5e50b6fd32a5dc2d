namespace VaultGrid.Client;

/// <summary>An HSM's public keys for one chain.</summary>
/// <param name="Node">The node.</param>
/// <param name="Chain">The chain.</param>
/// <param name="Kind">Kind of the wrap key: <c>p256</c> or <c>rsa3072</c>.</param>
/// <param name="WrapKey">SHA-256 of the wrap key's SubjectPublicKeyInfo: tokens name it by that.</param>
/// <param name="Document">The whole, signed by the node's D key (docs/domains.md).</param>
/// <param name="Retired">True where the node has wiped it for good.</param>
public sealed record HsmKeyStatus(
    NodeId Node, TrustId Chain, string Kind, Hash256 WrapKey, ReadOnlyMemory<byte> Document, bool Retired);

/// <summary>Which HSM makes a wrap key.</summary>
/// <param name="Node">The node.</param>
/// <param name="Kind"><c>p256</c> or <c>rsa3072</c>.</param>
public sealed record HsmKeyRequest(NodeId Node, string Kind);

/// <summary>Which HSMs' keys are wanted.</summary>
public sealed record HsmKeyQuery : PageQuery
{
    /// <summary>Only this chain's.</summary>
    public TrustId? Chain { get; init; }
}

/// <summary>An HSM's statement that it wiped its wrap key.</summary>
/// <param name="Node">The node.</param>
/// <param name="Document">The statement, signed by its D key (docs/domains.md).</param>
public sealed record HsmRetirement(NodeId Node, ReadOnlyMemory<byte> Document);
