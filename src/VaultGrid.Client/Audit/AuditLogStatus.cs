namespace VaultGrid.Client;

/// <summary>The merged audit log of a cluster: the logs of all its enclaves in the order in which the grid took them in.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Size">How many entries it has.</param>
/// <param name="Root">Their Merkle root (RFC 6962).</param>
/// <param name="Chains">The enclaves' own logs in it.</param>
public sealed record AuditLogStatus(ClusterId Cluster, ulong Size, Hash256 Root, IReadOnlyList<AuditChainStatus> Chains);

/// <summary>One enclave's own log, as far as it is merged.</summary>
/// <param name="Node">The enclave's node.</param>
/// <param name="Chain">SHA-256 of its D key; a node that was replaced begins another chain.</param>
/// <param name="Certificate">Its device certificate, DER.</param>
/// <param name="Number">The last entry that is merged.</param>
/// <param name="Hash">That entry's hash.</param>
/// <param name="Finding">Why the chain could not be followed further; absent where nothing is wrong.</param>
public sealed record AuditChainStatus(NodeId Node, Hash256 Chain, ReadOnlyMemory<byte> Certificate, ulong Number, Hash256 Hash, string? Finding = null);
