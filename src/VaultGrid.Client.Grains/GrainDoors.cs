namespace VaultGrid.Client.Grains;

/// <summary>Clusters' doors over the grains.</summary>
internal sealed class GrainDoors(IGrainFactory grains) : IClusterDoors
{
    public Task<Outcome<KeyStatus>> FindKeyAsync(ClusterId cluster, Hash256 key, CancellationToken cancellationToken) =>
        GrainDoor.AskAsync(() => Cluster(cluster).FindKeyAsync(key, cancellationToken), KeyMapping.Status);

    public Task<Outcome<ServingNodes>> GetHoldersAsync(ClusterId cluster, Hash256 key, bool fresh, CancellationToken cancellationToken) => GrainDoor.AskAsync<KeyHolders, ServingNodes>(
        () => Cluster(cluster).GetHoldersAsync(key, fresh, cancellationToken), holders => new ServingNodes(holders.Nodes));

    public async Task<Outcome<SessionCallAnswer>> CallAsync(NodeId node, SessionCall call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (call.Kind > byte.MaxValue) return new Refusal(RefusalCode.InputMalformed, "a call's number is at most 255");
        return await GrainDoor.AskAsync<EnclaveReply, SessionCallAnswer>(
            () => Cluster(node.Cluster).CallInSessionAsync(node, new EnclaveMessage((byte)call.Kind, call.Body), cancellationToken),
            reply => new SessionCallAnswer(reply.Body)).ConfigureAwait(false);
    }

    public Task<Outcome<PartDone>> PerformAsync(ClusterId cluster, PartOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        var command = new PerformApproved(order.Request, [.. order.Approvals.Select(RequestMapping.Approval)], order.Document ?? default, order.First);
        return GrainDoor.AskAsync<PerformedApproved, PartDone>(() => Cluster(cluster).PerformAsync(command, cancellationToken), done => new PartDone(done.Node, done.Key));
    }

    private IClusterBridgeGrain Cluster(ClusterId cluster) => grains.GetGrain<IClusterBridgeGrain>(cluster.ToString());
}
