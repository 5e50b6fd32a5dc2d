using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Grains.Sessions;

/// <summary>Clusters of this grid, through their bridges.</summary>
public sealed class BridgeGateways : IClusterGateways
{
    /// <inheritdoc/>
    public IClusterGateway To(IGrainFactory grains, ClusterId cluster)
    {
        ArgumentNullException.ThrowIfNull(grains);
        return new BridgeGateway(grains.GetGrain<IClusterBridgeGrain>(cluster.ToString()));
    }
}

/// <summary>One cluster of this grid, through its bridge.</summary>
internal sealed class BridgeGateway(IClusterBridgeGrain bridge) : IClusterGateway
{
    /// <inheritdoc/>
    public bool TakesHints => true;

    /// <inheritdoc/>
    public Task<Outcome<KeyReport>> FindKeyAsync(Hash256 key, CancellationToken cancellationToken) =>
        AskAsync(() => bridge.FindKeyAsync(key, cancellationToken));

    /// <inheritdoc/>
    public async Task<Outcome<ImmutableArray<NodeId>>> GetHoldersAsync(Hash256 key, bool fresh, CancellationToken cancellationToken) =>
        (await AskAsync(() => bridge.GetHoldersAsync(key, fresh, cancellationToken))).Then<ImmutableArray<NodeId>>(holders => holders.Nodes);

    /// <inheritdoc/>
    public IEnclavePort Enclave(NodeId node) => new Port(bridge, node);

    /// <inheritdoc/>
    public Task<Outcome<PerformedApproved>> PerformAsync(PerformApproved command, CancellationToken cancellationToken) =>
        AskAsync(() => bridge.PerformAsync(command, cancellationToken));

    // A bridge that can't be had is a cluster that does not answer, not a failure of its caller.
    private static async Task<Outcome<T>> AskAsync<T>(Func<Task<Answer<T>>> call)
        where T : class
    {
        try
        {
            return (await call()).ToOutcome();
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            return new Refusal(RefusalCode.GridUnavailable, "the cluster's bridge does not answer");
        }
    }

    private sealed class Port(IClusterBridgeGrain bridge, NodeId node) : IEnclavePort
    {
        public async Task<Outcome<ReadOnlyMemory<byte>>> CallAsync(EnclaveCallKind kind, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
            (await AskAsync(() => bridge.CallInSessionAsync(node, new EnclaveMessage((byte)kind, body), cancellationToken)))
            .Then<ReadOnlyMemory<byte>>(reply => reply.Body);
    }
}
