using System.Collections.Immutable;
using VaultGrid.Client;
using VaultGrid.Enclave.Contracts;
using VaultGrid.Grains;
using VaultGrid.Grains.Sessions;

namespace VaultGrid.Silo.Gateways;

/// <summary>The way to every cluster: those of other grids through their relays or channels, all else through this grid's bridges.</summary>
internal sealed class RemoteGateways(IClusterGateways own, Func<ClusterId, IVaultGrid?> remote) : IClusterGateways
{
    /// <inheritdoc/>
    public IClusterGateway To(IGrainFactory grains, ClusterId cluster) =>
        remote(cluster) is { } grid ? new RemoteGateway(grid.Doors, cluster) : own.To(grains, cluster);
}

/// <summary>A cluster of another grid. What it answers is believed as little as what a bridge of this grid does.</summary>
internal sealed class RemoteGateway(IClusterDoors doors, ClusterId cluster) : IClusterGateway
{
    /// <inheritdoc/>
    public async Task<Outcome<KeyReport>> FindKeyAsync(Hash256 key, CancellationToken cancellationToken) =>
        (await doors.FindKeyAsync(cluster, key, cancellationToken)).Then<KeyReport>(Report);

    /// <inheritdoc/>
    public async Task<Outcome<ImmutableArray<NodeId>>> GetHoldersAsync(Hash256 key, bool fresh, CancellationToken cancellationToken) =>
        (await doors.GetHoldersAsync(cluster, key, fresh, cancellationToken))
        .Then<ImmutableArray<NodeId>>(holders => holders.Nodes.Where(node => node.Cluster == cluster).ToImmutableArray());

    /// <inheritdoc/>
    public IEnclavePort Enclave(NodeId node) => new Port(doors, node);

    /// <inheritdoc/>
    public async Task<Outcome<PerformedApproved>> PerformAsync(PerformApproved command, CancellationToken cancellationToken)
    {
        var order = new PartOrder(
            command.Request, [.. command.Approvals.Select(approval => new RequestApproval(approval.Certificate, approval.Signature))],
            command.Document.IsEmpty ? default(ReadOnlyMemory<byte>?) : command.Document, command.First);
        return (await doors.PerformAsync(cluster, order, cancellationToken)).Then<PerformedApproved>(done => new PerformedApproved(done.Node, done.Key));
    }

    private Outcome<KeyReport> Report(KeyStatus status)
    {
        if (status.Cluster != cluster) return new Refusal(RefusalCode.JoinMismatch, $"the grid of cluster {cluster} answered for cluster {status.Cluster}");
        return new KeyReport
        {
            KeyId = status.KeyId,
            Cluster = status.Cluster,
            Kind = status.Kind,
            Key = status.Key,
            Fingerprint = status.Fingerprint,
            Policy = status.Policy,
            PolicyDocument = status.PolicyDocument,
            Holders = [.. status.Holders],
            Created = status.Created,
            Signatures = status.Signatures,
            Threshold = status.Threshold is { } shared
                ? new ThresholdReport(shared.PublicKey, shared.ChainCode, shared.Needed, [.. shared.Clusters], (uint)shared.ShareVersion, shared.Manifest)
                : null,
        };
    }

    private sealed class Port(IClusterDoors doors, NodeId node) : IEnclavePort
    {
        public async Task<Outcome<ReadOnlyMemory<byte>>> CallAsync(EnclaveCallKind kind, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
            (await doors.CallAsync(node, new SessionCall((byte)kind, body), cancellationToken)).Then<ReadOnlyMemory<byte>>(answer => answer.Body);
    }
}
