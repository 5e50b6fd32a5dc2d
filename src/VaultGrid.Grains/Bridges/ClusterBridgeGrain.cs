using Orleans.Concurrency;
using VaultGrid.Enclave.Contracts;
using VaultGrid.Grains.Audit;
using VaultGrid.Grains.Clusters;
using VaultGrid.Grains.Enclaves;

namespace VaultGrid.Grains.Bridges;

/// <summary>Lets calls into a cluster that exists, as many as it can take. On every silo as often as needed.</summary>
[StatelessWorker, Reentrant]
internal sealed class ClusterBridgeGrain(BridgeAdmission admission, IAuditStore audit, TimeProvider time) : Grain, IClusterBridgeGrain
{
    private static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(2);

    private ClusterId _cluster;
    private GridNodes? _nodes;
    private DateTimeOffset _nodesAt;

    private IClusterGrain Cluster => GrainFactory.GetGrain<IClusterGrain>(_cluster.ToString());

    private ISynchronisationGrain Synchronisation => GrainFactory.GetGrain<ISynchronisationGrain>(_cluster.ToString());

    private ICustomersGrain Customers => GrainFactory.GetGrain<ICustomersGrain>(IGridGrain.Key);

    private IKeyAuditGrain KeyAudit => GrainFactory.GetGrain<IKeyAuditGrain>(_cluster.ToString());

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _cluster = ClusterId.Parse(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public Task<Answer<ClusterReport>> GetClusterAsync(CancellationToken cancellationToken) =>
        EnterAsync<ClusterReport>(
            async () =>
            {
                var assigned = await Customers.FindAsync(_cluster, cancellationToken);
                return await Cluster.GetAsync(cancellationToken) with { Customer = assigned.Customer, MaxKeys = assigned.MaxKeys };
            },
            cancellationToken);

    public Task<Answer<NodeReport>> GetNodeAsync(NodeId node, CancellationToken cancellationToken) =>
        EnterAsync<NodeReport>(node, async grain => await grain.GetAsync(cancellationToken), cancellationToken);

    public Task<Answer<ProvisionedNode>> ProvisionAsync(NodeId node, ProvisionNode command, CancellationToken cancellationToken) =>
        EnterAsync(
            node,
            async grain =>
            {
                var answer = await grain.ProvisionAsync(command, cancellationToken);
                if (answer.Refusal is not null) return answer;
                foreach (var policy in command.Admins) await Cluster.LearnAdminsAsync(new PolicyNews(policy), cancellationToken);
                return answer;
            },
            cancellationToken);

    public Task<Answer<NodeReport>> CertifyAsync(NodeId node, CertifyNode command, CancellationToken cancellationToken) =>
        EnterAsync(
            node,
            async grain =>
            {
                var answer = await grain.CertifyAsync(command, cancellationToken);
                if (answer.Refusal is not null) return answer;
                await Synchronisation.WatchAsync(cancellationToken);
                await KeyAudit.WatchAsync(cancellationToken);
                return answer;
            },
            cancellationToken);

    public Task<Answer<NodeStatement>> GetWrapKeyAsync(NodeId node, KeyId key, CancellationToken cancellationToken) =>
        EnterAsync(node, grain => grain.GetWrapKeyAsync(key, cancellationToken), cancellationToken);

    public Task<Answer<RequestReport>> SubmitAsync(RequestId request, SubmitRequest command, CancellationToken cancellationToken) =>
        EnterAsync(() => RequestGrain(request).SubmitAsync(command, cancellationToken), cancellationToken);

    public Task<Answer<RequestReport>> ExecuteApprovedAsync(RequestId request, ExecuteRequest command, CancellationToken cancellationToken) =>
        EnterAsync(() => RequestGrain(request).ExecuteApprovedAsync(command, cancellationToken), cancellationToken);

    public Task<Answer<KeyPage>> ListKeysAsync(string? after, int limit, CancellationToken cancellationToken) => EnterAsync<KeyPage>(
        async () =>
        {
            var names = await Cluster.ListKeysAsync(after, limit, cancellationToken);
            var answers = await Task.WhenAll(names.Keys.Select(key => KeyGrain(key.KeyId).GetAsync(cancellationToken)));
            var keys = ImmutableArray.CreateBuilder<KeyReport>(answers.Length);
            foreach (var answer in answers)
            {
                if (!answer.ToOutcome().Is(out var key, out var refusal)) return refusal;
                keys.Add(key);
            }

            return new KeyPage(keys.ToImmutable(), names.More);
        },
        cancellationToken);

    public Task<Answer<KeyReport>> GetKeyAsync(KeyId key, CancellationToken cancellationToken) =>
        EnterAsync(() => KeyGrain(key).GetAsync(cancellationToken), cancellationToken);

    public Task<Answer<AccountReport>> GetAccountAsync(KeyId key, string path, CancellationToken cancellationToken) =>
        EnterAsync(() => KeyGrain(key).GetAccountAsync(path, cancellationToken), cancellationToken);

    public Task<Answer<SignatureReport>> AuditSignAsync(KeyId key, AuditSign command, CancellationToken cancellationToken) =>
        EnterAsync(() => KeyGrain(key).AuditSignAsync(command, cancellationToken), cancellationToken);

    public Task<Answer<SynchronisationReport>> SynchroniseAsync(CancellationToken cancellationToken) => EnterAsync<SynchronisationReport>(
        async () => await Synchronisation.SynchroniseAsync(cancellationToken), cancellationToken);

    public Task<Answer<KeyReport>> FindKeyAsync(Hash256 key, CancellationToken cancellationToken) => EnterAsync(
        async () =>
        {
            var found = await Cluster.FindKeyAsync(key, cancellationToken);
            return found.ToOutcome().Is(out var named, out var refusal) ? await KeyGrain(named.KeyId).GetAsync(cancellationToken) : refusal;
        },
        cancellationToken);

    public Task<Answer<KeyHolders>> GetHoldersAsync(Hash256 key, bool fresh, CancellationToken cancellationToken) => EnterAsync<KeyHolders>(
        async () =>
        {
            var nodes = fresh ? (await Cluster.GetAsync(cancellationToken)).Nodes : (await Cluster.GetNodesAsync(cancellationToken)).Nodes;
            return new KeyHolders(NodeRoute.InSession(key, nodes));
        },
        cancellationToken);

    public Task<Answer<EnclaveReply>> CallInSessionAsync(NodeId node, EnclaveMessage message, CancellationToken cancellationToken) => EnterAsync<EnclaveReply>(
        async () =>
        {
            var kind = (EnclaveCallKind)message.Kind;
            if (node.Cluster != _cluster || !IsOfSessions(kind))
                return new Refusal(RefusalCode.CallerRefused, $"this door carries calls of sessions to nodes of cluster {_cluster}, nothing else");
            var outcome = await GrainFactory.Enclave(node).CallAsync(kind, message.Body, cancellationToken);
            if (outcome.Is(out var body, out var refusal)) return new EnclaveReply(body);
            if (refusal.Code == RefusalCode.EnclaveDetached) await Cluster.ReportDownAsync(node, CancellationToken.None);
            return refusal;
        },
        cancellationToken);

    public Task<Answer<PerformedApproved>> PerformAsync(PerformApproved command, CancellationToken cancellationToken) => EnterAsync<PerformedApproved>(
        async () => await new ApprovedPerformance(GrainFactory, _cluster).PerformAsync(command, cancellationToken), cancellationToken);

    public Task<Answer<AuditLogReport>> GetAuditLogAsync(CancellationToken cancellationToken) => EnterAsync<AuditLogReport>(
        async () => await GrainFactory.GetGrain<IAuditLogGrain>(_cluster.ToString()).PullAsync(cancellationToken), cancellationToken);

    public Task<Answer<AuditEntriesReport>> ListAuditAsync(ulong from, int limit, CancellationToken cancellationToken) => EnterAsync<AuditEntriesReport>(
        async () => await AuditPages.ReadAsync(audit, _cluster, from, limit, cancellationToken), cancellationToken);

    public Task<Answer<AuditProofReport>> ProveAuditAsync(AuditProofQuery query, CancellationToken cancellationToken) => EnterAsync<AuditProofReport>(
        async () => await new AuditTree(audit, _cluster).ProveAsync(query, cancellationToken), cancellationToken);

    public Task<Answer<NodeStatement>> GetAuditHeadAsync(NodeId node, VerifierNonce nonce, CancellationToken cancellationToken) =>
        EnterAsync<NodeStatement>(node, _ => SaidAsync(node, new AuditHeadCall(nonce.Nonce), cancellationToken), cancellationToken);

    public Task<Answer<NodeStatement>> AttestAsync(NodeId node, VerifierNonce nonce, CancellationToken cancellationToken) =>
        EnterAsync<NodeStatement>(node, _ => SaidAsync(node, new AttestCall(nonce.Nonce), cancellationToken), cancellationToken);

    private async Task<Answer<NodeStatement>> SaidAsync(NodeId node, EnclaveCall<SignedStatement> call, CancellationToken cancellationToken) =>
        (await GrainFactory.Enclave(node).AskAsync(call, cancellationToken)).Is(out var said, out var refusal)
            ? new NodeStatement(said.Statement, said.Certificate, said.Signature)
            : refusal;

    public Task<Answer<AssignedCluster>> AssignAsync(AssignedCluster command, CancellationToken cancellationToken) =>
        EnterAsync(() => Customers.AssignAsync(command with { Cluster = _cluster }, cancellationToken), cancellationToken);

    public Task<Answer<KeyAuditReport>> StartKeyAuditAsync(StartKeyAudit command, CancellationToken cancellationToken) =>
        EnterAsync<KeyAuditReport>(async () => await KeyAudit.StartAsync(command, cancellationToken), cancellationToken);

    public Task<Answer<KeyAuditReport>> GetKeyAuditAsync(CancellationToken cancellationToken) => EnterAsync(() => KeyAudit.GetAsync(cancellationToken), cancellationToken);

    private static bool IsOfSessions(EnclaveCallKind kind) =>
        kind is EnclaveCallKind.SessionKey or EnclaveCallKind.OpenSession or EnclaveCallKind.AnnounceRequest or EnclaveCallKind.StepSession or EnclaveCallKind.CloseSession;

    private IApprovalRequestGrain RequestGrain(RequestId request) => GrainFactory.GetGrain<IApprovalRequestGrain>(request.ToString());

    private IKeyGrain KeyGrain(KeyId key) => GrainFactory.GetGrain<IKeyGrain>($"{_cluster}/{key}");

    private Task<Answer<T>> EnterAsync<T>(NodeId node, Func<INodeGrain, Task<Answer<T>>> call, CancellationToken cancellationToken)
        where T : class => EnterAsync(
        async () =>
        {
            var nodes = await NodesAsync(cancellationToken);
            return nodes.Nodes.Contains(node)
                ? await call(GrainFactory.GetGrain<INodeGrain>(node.ToString()))
                : new Refusal(RefusalCode.NodeUnknown, $"no silo has an enclave of node {node}");
        },
        cancellationToken);

    private Task<Answer<T>> EnterAsync<T>(Func<Task<Answer<T>>> call, CancellationToken cancellationToken)
        where T : class => admission.RunAsync<T>(_cluster.ToString(), async () =>
    {
        var nodes = await NodesAsync(cancellationToken);
        return nodes.Of(_cluster).IsEmpty ? new Refusal(RefusalCode.ClusterUnknown, $"the grid has no cluster {_cluster}") : await call();
    });

    private async ValueTask<GridNodes> NodesAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_nodes is not null && now - _nodesAt < KnownFor) return _nodes;
        var nodes = await GrainFactory.GetGrain<IGridGrain>(IGridGrain.Key).GetNodesAsync(cancellationToken);
        (_nodes, _nodesAt) = (nodes, now);
        return nodes;
    }
}
