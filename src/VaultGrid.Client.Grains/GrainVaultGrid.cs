using VaultGrid.Model.Certificates;

namespace VaultGrid.Client.Grains;

/// <summary>A vault grid over its grains: inside a silo, or through a client of the grain engine. It speaks for one caller.</summary>
/// <remarks>Whoever holds this is inside: it authenticates nobody. A relay makes one for each caller whose certificate it has verified.</remarks>
public sealed class GrainVaultGrid : IVaultGrid
{
    private readonly IGrainFactory _grains;
    private readonly string _caller;

    private GrainVaultGrid(IGrainFactory grains, string caller) => (_grains, _caller, SharedKeys) = (grains, caller, new GrainSharedKeys(grains));

    /// <inheritdoc/>
    public ISharedKeyGrid SharedKeys { get; }

    /// <inheritdoc/>
    public IClusterDoors Doors => new GrainDoors(_grains);

    private IGridBridgeGrain Grid => _grains.GetGrain<IGridBridgeGrain>(IGridGrain.Key);

    /// <inheritdoc/>
    public ITrustGrid Trusts => new GrainTrustGrid(_grains, _caller);

    /// <summary>The grid for a caller.</summary>
    /// <param name="grains">The grain engine.</param>
    /// <param name="caller">The caller's identity, such as <c>vaultgrid://client/desk</c>, as the request history records it.</param>
    public static GrainVaultGrid For(IGrainFactory grains, string caller)
    {
        ArgumentNullException.ThrowIfNull(grains);
        ArgumentException.ThrowIfNullOrEmpty(caller);
        return new GrainVaultGrid(grains, caller);
    }

    /// <inheritdoc/>
    public Task<Outcome<GridStatus>> GetGridAsync(CancellationToken cancellationToken) =>
        GrainDoor.AskAsync(() => Grid.GetGridAsync(cancellationToken), GridMapping.Grid);

    /// <inheritdoc/>
    public Task<Outcome<ClusterStatus>> GetClusterAsync(ClusterId cluster, CancellationToken cancellationToken) =>
        GrainDoor.AskAsync(() => Cluster(cluster).GetClusterAsync(cancellationToken), GridMapping.Cluster);

    /// <inheritdoc/>
    public Task<Outcome<NodeStatus>> GetNodeAsync(NodeId node, CancellationToken cancellationToken) =>
        GrainDoor.AskAsync(() => Cluster(node.Cluster).GetNodeAsync(node, cancellationToken), NodeMapping.Status);

    /// <inheritdoc/>
    public Task<Outcome<CertificateRequest>> ProvisionNodeAsync(NodeId node, NodeProvisioning provisioning, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(provisioning);
        return GrainDoor.AskAsync(() => Cluster(node.Cluster).ProvisionAsync(node, NodeMapping.Command(provisioning), cancellationToken), NodeMapping.Request);
    }

    /// <inheritdoc/>
    public async Task<Outcome<NodeStatus>> CertifyNodeAsync(NodeId node, NodeCertification certification, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(certification);
        if (!AuthorityBundle.ParsePem(certification.Authorities.Pem).Is(out var bundle, out var refusal)) return refusal;
        var command = new CertifyNode(certification.Certificate, bundle.ToBytes());
        return await GrainDoor.AskAsync(() => Cluster(node.Cluster).CertifyAsync(node, command, cancellationToken), NodeMapping.Status).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<Outcome<DeviceStatement>> GetWrapKeyAsync(NodeId node, KeyId key, CancellationToken cancellationToken) =>
        GrainDoor.AskAsync(() => Cluster(node.Cluster).GetWrapKeyAsync(node, key, cancellationToken), NodeMapping.Statement);

    /// <inheritdoc/>
    public Task<Outcome<AuthorityFile>> GetAuthoritiesAsync(CancellationToken cancellationToken) =>
        GrainDoor.AskAsync(() => Grid.GetAuthoritiesAsync(cancellationToken), AuthorityMapping.File);

    /// <inheritdoc/>
    public async Task<Outcome<AuthoritiesPublished>> PublishAuthoritiesAsync(AuthorityFile bundle, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        if (!AuthorityBundle.ParsePem(bundle.Pem).Is(out var parsed, out var refusal)) return refusal;
        var message = new AuthoritiesBundle(parsed.ToBytes());
        return await GrainDoor.AskAsync(() => Grid.PublishAuthoritiesAsync(message, cancellationToken), AuthorityMapping.Published).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<Outcome<RequestStatus>> SubmitAsync(RequestSubmission submission, CancellationToken cancellationToken) => WithRequestAsync(
        submission,
        (request, command) => request.Clusters is null
            ? Cluster(request.Cluster).SubmitAsync(request.Id, command, cancellationToken)
            : Grid.SubmitAsync(request.Id, command, cancellationToken));

    /// <inheritdoc/>
    public Task<Outcome<RequestStatus>> ApproveAsync(RequestId request, RequestApproval approval, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(approval);
        return GrainDoor.AskAsync(() => Grid.ApproveAsync(request, RequestMapping.Approval(approval), cancellationToken), RequestMapping.Status);
    }

    /// <inheritdoc/>
    public Task<Outcome<RequestStatus>> ExecuteAsync(RequestId request, CancellationToken cancellationToken) =>
        GrainDoor.AskAsync(() => Grid.ExecuteAsync(request, cancellationToken), RequestMapping.Status);

    /// <inheritdoc/>
    public Task<Outcome<RequestStatus>> ExecuteApprovedAsync(
        RequestSubmission submission, IReadOnlyList<RequestApproval> approvals, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(approvals);
        return WithRequestAsync(submission, (request, command) =>
        {
            var execute = new ExecuteRequest(command, [.. approvals.Select(RequestMapping.Approval)]);
            return request.Clusters is null
                ? Cluster(request.Cluster).ExecuteApprovedAsync(request.Id, execute, cancellationToken)
                : Grid.ExecuteApprovedAsync(request.Id, execute, cancellationToken);
        });
    }

    /// <inheritdoc/>
    public Task<Outcome<RequestStatus>> GetRequestAsync(RequestId request, CancellationToken cancellationToken) =>
        GrainDoor.AskAsync(() => Grid.GetRequestAsync(request, cancellationToken), RequestMapping.Status);

    /// <inheritdoc/>
    public async Task<Outcome<Page<RequestStatus>>> ListRequestsAsync(RequestQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (!RequestMapping.Query(query).Is(out var message, out var refusal)) return refusal;
        return await GrainDoor.AskAsync(() => Grid.ListRequestsAsync(message, cancellationToken), RequestMapping.Page).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<Outcome<Page<KeyStatus>>> ListKeysAsync(ClusterId cluster, PageQuery page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(page);
        if (!KeyMapping.Check(page).Is(out _, out var refusal)) return refusal;
        return await GrainDoor.AskAsync(() => Cluster(cluster).ListKeysAsync(page.After, page.Limit, cancellationToken), KeyMapping.Page).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<Outcome<KeyStatus>> GetKeyAsync(ClusterId cluster, KeyId key, CancellationToken cancellationToken) =>
        GrainDoor.AskAsync(() => Cluster(cluster).GetKeyAsync(key, cancellationToken), KeyMapping.Status);

    /// <inheritdoc/>
    public Task<Outcome<AccountStatus>> GetAccountAsync(ClusterId cluster, KeyId key, DerivationPath path, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        return GrainDoor.AskAsync(() => Cluster(cluster).GetAccountAsync(key, path.ToString(), cancellationToken), account => KeyMapping.Account(key, account));
    }

    /// <inheritdoc/>
    public Task<Outcome<SyncReport>> SynchroniseAsync(ClusterId cluster, CancellationToken cancellationToken) =>
        GrainDoor.AskAsync(() => Cluster(cluster).SynchroniseAsync(cancellationToken), report => GridMapping.Synchronised(cluster, report));

    /// <inheritdoc/>
    public Task<Outcome<SessionStatus>> GetSessionAsync(Hash256 session, CancellationToken cancellationToken) =>
        GrainDoor.AskAsync(() => Grid.GetSessionAsync(session, cancellationToken), SessionMapping.Status);

    /// <inheritdoc/>
    public Task<Outcome<ClusterAssignment>> AssignClusterAsync(ClusterId cluster, ClusterAssignment assignment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        return GrainDoor.AskAsync(
            () => Cluster(cluster).AssignAsync(new AssignedCluster(cluster, assignment.Customer, assignment.MaxKeys), cancellationToken), GridMapping.Assignment);
    }

    /// <inheritdoc/>
    public Task<Outcome<KeyAuditStatus>> StartKeyAuditAsync(ClusterId cluster, KeyAuditOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        return GrainDoor.AskAsync(() => Cluster(cluster).StartKeyAuditAsync(new StartKeyAudit(_caller, order.Everything), cancellationToken), KeyAuditMapping.Status);
    }

    /// <inheritdoc/>
    public Task<Outcome<KeyAuditStatus>> GetKeyAuditAsync(ClusterId cluster, CancellationToken cancellationToken) =>
        GrainDoor.AskAsync(() => Cluster(cluster).GetKeyAuditAsync(cancellationToken), KeyAuditMapping.Status);

    /// <inheritdoc/>
    public Task<Outcome<SignatureStatus>> AuditSignAsync(
        ClusterId cluster, KeyId key, uint? node, ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        GrainDoor.AskAsync(() => Cluster(cluster).AuditSignAsync(key, new AuditSign(node, message), cancellationToken), KeyMapping.Signature);

    /// <inheritdoc/>
    public Task<Outcome<AuditLogStatus>> GetAuditLogAsync(ClusterId cluster, CancellationToken cancellationToken) =>
        GrainDoor.AskAsync(() => Cluster(cluster).GetAuditLogAsync(cancellationToken), report => AuditMapping.Log(cluster, report));

    /// <inheritdoc/>
    public async Task<Outcome<Page<AuditEntryStatus>>> ListAuditAsync(ClusterId cluster, PageQuery page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(page);
        if (!AuditMapping.Start(page).Is(out var from, out var refusal)) return refusal;
        return await GrainDoor.AskAsync(() => Cluster(cluster).ListAuditAsync(from, page.Limit, cancellationToken), AuditMapping.Page).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<Outcome<AuditProof>> ProveAuditAsync(ClusterId cluster, AuditProofQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return GrainDoor.AskAsync(() => Cluster(cluster).ProveAuditAsync(AuditMapping.Query(query), cancellationToken), AuditMapping.Proof);
    }

    /// <inheritdoc/>
    public Task<Outcome<DeviceStatement>> GetAuditHeadAsync(NodeId node, ReadOnlyMemory<byte> nonce, CancellationToken cancellationToken) =>
        GrainDoor.AskAsync(() => Cluster(node.Cluster).GetAuditHeadAsync(node, new VerifierNonce(nonce), cancellationToken), NodeMapping.Statement);

    /// <inheritdoc/>
    public Task<Outcome<DeviceStatement>> AttestNodeAsync(NodeId node, ReadOnlyMemory<byte> nonce, CancellationToken cancellationToken) =>
        GrainDoor.AskAsync(() => Cluster(node.Cluster).AttestAsync(node, new VerifierNonce(nonce), cancellationToken), NodeMapping.Statement);

    private IClusterBridgeGrain Cluster(ClusterId cluster) => _grains.GetGrain<IClusterBridgeGrain>(cluster.ToString());

    private async Task<Outcome<RequestStatus>> WithRequestAsync(
        RequestSubmission submission, Func<Request, SubmitRequest, Task<Answer<RequestReport>>> call)
    {
        ArgumentNullException.ThrowIfNull(submission);
        if (!RequestDocument.Parse(submission.Request.Span).Is(out var document, out var refusal)) return refusal;
        var command = new SubmitRequest(submission.Request, submission.Document ?? default, _caller);
        return await GrainDoor.AskAsync(() => call(document.Request, command), RequestMapping.Status).ConfigureAwait(false);
    }
}
