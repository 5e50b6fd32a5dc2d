using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Grains.Sessions;

/// <summary>
/// The way from a coordinator to one cluster: its bridge in this grid, or a relay, or a channel of files where the cluster is in another. What goes
/// through it is public or sealed, and nothing that comes back is believed before an enclave has checked it.
/// </summary>
public interface IClusterGateway
{
    /// <summary>True where a call more costs next to nothing: there nodes are told ahead what they will be asked.</summary>
    bool TakesHints => false;

    /// <summary>A key by the hash of its birth record; <c>key.unknown</c>.</summary>
    Task<Outcome<KeyReport>> FindKeyAsync(Hash256 key, CancellationToken cancellationToken);

    /// <summary>The nodes that may serve with a key, in the order in which the cluster would have them serve.</summary>
    /// <param name="key">The hash of the key's birth record.</param>
    /// <param name="fresh">Whether every node is asked now; else by the cluster's last check.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<Outcome<ImmutableArray<NodeId>>> GetHoldersAsync(Hash256 key, bool fresh, CancellationToken cancellationToken);

    /// <summary>A node's enclave, for calls of sessions.</summary>
    IEnclavePort Enclave(NodeId node);

    /// <summary>Has the cluster carry out an approved request.</summary>
    Task<Outcome<PerformedApproved>> PerformAsync(PerformApproved command, CancellationToken cancellationToken);
}

/// <summary>Finds the way to a cluster.</summary>
public interface IClusterGateways
{
    /// <summary>The way to a cluster; there always is one, though it may lead nowhere.</summary>
    IClusterGateway To(IGrainFactory grains, ClusterId cluster);
}
