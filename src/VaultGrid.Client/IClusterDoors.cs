namespace VaultGrid.Client;

/// <summary>
/// What the coordinator of another grid asks of a cluster: who holds a key, calls of sessions to their enclaves, approved actions. Reached as
/// <see cref="IVaultGrid.Doors"/>; relays alone may use it, for themselves. What goes through is public or sealed, and enclaves check all of it.
/// </summary>
public interface IClusterDoors
{
    /// <summary>A key by the hash of its birth record; <c>key.unknown</c>.</summary>
    Task<Outcome<KeyStatus>> FindKeyAsync(ClusterId cluster, Hash256 key, CancellationToken cancellationToken);

    /// <summary>The nodes that may serve with a key, in the order in which the cluster would have them serve.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="key">The hash of the key's birth record.</param>
    /// <param name="fresh">Whether every node is asked now.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<Outcome<ServingNodes>> GetHoldersAsync(ClusterId cluster, Hash256 key, bool fresh, CancellationToken cancellationToken);

    /// <summary>Carries a call of a session to a node's enclave.</summary>
    Task<Outcome<SessionCallAnswer>> CallAsync(NodeId node, SessionCall call, CancellationToken cancellationToken);

    /// <summary>Has the cluster carry out an approved request, its own part of it where several clusters do.</summary>
    Task<Outcome<PartDone>> PerformAsync(ClusterId cluster, PartOrder order, CancellationToken cancellationToken);
}

/// <summary>Nodes that may serve.</summary>
/// <param name="Nodes">In order.</param>
public sealed record ServingNodes(IReadOnlyList<NodeId> Nodes);

/// <summary>A call to an enclave, one of those of sessions.</summary>
/// <param name="Kind">The call's number.</param>
/// <param name="Body">Its body.</param>
public sealed record SessionCall(uint Kind, ReadOnlyMemory<byte> Body);

/// <summary>What the enclave answered.</summary>
/// <param name="Body">The answer's body.</param>
public sealed record SessionCallAnswer(ReadOnlyMemory<byte> Body);

/// <summary>An approved request, as one cluster is to carry it out.</summary>
/// <param name="Request">The request's exact bytes.</param>
/// <param name="Approvals">The approvals.</param>
/// <param name="Document">The document for this cluster's enclaves.</param>
/// <param name="First">The node that must be asked first.</param>
public sealed record PartOrder(ReadOnlyMemory<byte> Request, IReadOnlyList<RequestApproval> Approvals, ReadOnlyMemory<byte>? Document = null, NodeId? First = null);

/// <summary>What came of it.</summary>
/// <param name="Node">The node that carried it out.</param>
/// <param name="Key">The key that it made or changed.</param>
public sealed record PartDone(NodeId Node, Hash256? Key = null);
