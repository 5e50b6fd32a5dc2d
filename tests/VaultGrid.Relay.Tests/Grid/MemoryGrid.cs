using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace VaultGrid.Relay.Tests.Grid;

/// <summary>A grid of the transport's own: it records what arrives and answers values whose every member is set.</summary>
internal sealed class MemoryGrid(string authorities) : IVaultGridProvider
{
    /// <summary>What arrived but the relay's own questions for authorities, oldest first.</summary>
    public ConcurrentQueue<GridCall> Calls { get; } = new();

    /// <summary>The bundle that it hands out.</summary>
    public string Authorities { get; set; } = authorities;

    /// <summary>True where answers have nothing but what they must have.</summary>
    public bool Sparse { get; set; }

    /// <summary>What comes before each answer: a refusal, an exception, a wait, or null for none.</summary>
    public Func<GridCall, CancellationToken, Task<Refusal?>> Before { get; set; } = (_, _) => Task.FromResult<Refusal?>(null);

    public IVaultGrid For(Caller caller) => new Seen(this, caller);

    private async Task<Outcome<T>> ReplyAsync<T>(Caller caller, object?[] arguments, CancellationToken cancellationToken, [CallerMemberName] string method = "")
        where T : notnull
    {
        var call = new GridCall(caller, method, arguments);
        var isRefresh = caller.Identity.Role == CertificateRole.Relay && method == nameof(IVaultGrid.GetAuthoritiesAsync);
        if (!isRefresh) Calls.Enqueue(call);
        if (await Before(call, cancellationToken) is { } refusal) return refusal;
        return typeof(T) == typeof(AuthorityFile) ? (T)(object)new AuthorityFile(Authorities) : Sparse ? Filled.Sparse<T>() : Filled.Of<T>();
    }

    private sealed class SeenTrusts(MemoryGrid grid, Caller caller) : MemoryTrustGrid
    {
        protected override Task<Outcome<T>> ReplyAsync<T>(string method, CancellationToken cancellationToken, params object?[] arguments) =>
            grid.ReplyAsync<T>(caller, arguments, cancellationToken, method);
    }

    private sealed class Seen(MemoryGrid grid, Caller caller) : IVaultGrid
    {
        public ITrustGrid Trusts => new SeenTrusts(grid, caller);

        public Task<Outcome<GridStatus>> GetGridAsync(CancellationToken cancellationToken) => grid.ReplyAsync<GridStatus>(caller, [], cancellationToken);

        public Task<Outcome<ClusterStatus>> GetClusterAsync(ClusterId cluster, CancellationToken cancellationToken) =>
            grid.ReplyAsync<ClusterStatus>(caller, [cluster], cancellationToken);

        public Task<Outcome<NodeStatus>> GetNodeAsync(NodeId node, CancellationToken cancellationToken) =>
            grid.ReplyAsync<NodeStatus>(caller, [node], cancellationToken);

        public Task<Outcome<CertificateRequest>> ProvisionNodeAsync(NodeId node, NodeProvisioning provisioning, CancellationToken cancellationToken) =>
            grid.ReplyAsync<CertificateRequest>(caller, [node, provisioning], cancellationToken);

        public Task<Outcome<NodeStatus>> CertifyNodeAsync(NodeId node, NodeCertification certification, CancellationToken cancellationToken) =>
            grid.ReplyAsync<NodeStatus>(caller, [node, certification], cancellationToken);

        public Task<Outcome<DeviceStatement>> GetWrapKeyAsync(NodeId node, KeyId key, CancellationToken cancellationToken) =>
            grid.ReplyAsync<DeviceStatement>(caller, [node, key], cancellationToken);

        public Task<Outcome<AuthorityFile>> GetAuthoritiesAsync(CancellationToken cancellationToken) =>
            grid.ReplyAsync<AuthorityFile>(caller, [], cancellationToken);

        public Task<Outcome<AuthoritiesPublished>> PublishAuthoritiesAsync(AuthorityFile bundle, CancellationToken cancellationToken) =>
            grid.ReplyAsync<AuthoritiesPublished>(caller, [bundle], cancellationToken);

        public Task<Outcome<RequestStatus>> SubmitAsync(RequestSubmission submission, CancellationToken cancellationToken) =>
            grid.ReplyAsync<RequestStatus>(caller, [submission], cancellationToken);

        public Task<Outcome<RequestStatus>> ApproveAsync(RequestId request, RequestApproval approval, CancellationToken cancellationToken) =>
            grid.ReplyAsync<RequestStatus>(caller, [request, approval], cancellationToken);

        public Task<Outcome<RequestStatus>> ExecuteAsync(RequestId request, CancellationToken cancellationToken) =>
            grid.ReplyAsync<RequestStatus>(caller, [request], cancellationToken);

        public Task<Outcome<RequestStatus>> ExecuteApprovedAsync(
            RequestSubmission submission, IReadOnlyList<RequestApproval> approvals, CancellationToken cancellationToken) =>
            grid.ReplyAsync<RequestStatus>(caller, [submission, approvals], cancellationToken);

        public Task<Outcome<RequestStatus>> GetRequestAsync(RequestId request, CancellationToken cancellationToken) =>
            grid.ReplyAsync<RequestStatus>(caller, [request], cancellationToken);

        public Task<Outcome<Page<RequestStatus>>> ListRequestsAsync(RequestQuery query, CancellationToken cancellationToken) =>
            grid.ReplyAsync<Page<RequestStatus>>(caller, [query], cancellationToken);

        public Task<Outcome<Page<KeyStatus>>> ListKeysAsync(ClusterId cluster, PageQuery page, CancellationToken cancellationToken) =>
            grid.ReplyAsync<Page<KeyStatus>>(caller, [cluster, page], cancellationToken);

        public Task<Outcome<KeyStatus>> GetKeyAsync(ClusterId cluster, KeyId key, CancellationToken cancellationToken) =>
            grid.ReplyAsync<KeyStatus>(caller, [cluster, key], cancellationToken);

        public Task<Outcome<AccountStatus>> GetAccountAsync(ClusterId cluster, KeyId key, DerivationPath path, CancellationToken cancellationToken) =>
            grid.ReplyAsync<AccountStatus>(caller, [cluster, key, path], cancellationToken);

        public Task<Outcome<SyncReport>> SynchroniseAsync(ClusterId cluster, CancellationToken cancellationToken) =>
            grid.ReplyAsync<SyncReport>(caller, [cluster], cancellationToken);

        public Task<Outcome<SessionStatus>> GetSessionAsync(Hash256 session, CancellationToken cancellationToken) =>
            grid.ReplyAsync<SessionStatus>(caller, [session], cancellationToken);

        public Task<Outcome<ClusterAssignment>> AssignClusterAsync(ClusterId cluster, ClusterAssignment assignment, CancellationToken cancellationToken) =>
            grid.ReplyAsync<ClusterAssignment>(caller, [cluster, assignment], cancellationToken);

        public Task<Outcome<KeyAuditStatus>> StartKeyAuditAsync(ClusterId cluster, KeyAuditOrder order, CancellationToken cancellationToken) =>
            grid.ReplyAsync<KeyAuditStatus>(caller, [cluster, order], cancellationToken);

        public Task<Outcome<KeyAuditStatus>> GetKeyAuditAsync(ClusterId cluster, CancellationToken cancellationToken) =>
            grid.ReplyAsync<KeyAuditStatus>(caller, [cluster], cancellationToken);

        public Task<Outcome<SignatureStatus>> AuditSignAsync(
            ClusterId cluster, KeyId key, uint? node, ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
            grid.ReplyAsync<SignatureStatus>(caller, [cluster, key, node, message], cancellationToken);

        public Task<Outcome<AuditLogStatus>> GetAuditLogAsync(ClusterId cluster, CancellationToken cancellationToken) =>
            grid.ReplyAsync<AuditLogStatus>(caller, [cluster], cancellationToken);

        public Task<Outcome<Page<AuditEntryStatus>>> ListAuditAsync(ClusterId cluster, PageQuery page, CancellationToken cancellationToken) =>
            grid.ReplyAsync<Page<AuditEntryStatus>>(caller, [cluster, page], cancellationToken);

        public Task<Outcome<AuditProof>> ProveAuditAsync(ClusterId cluster, AuditProofQuery query, CancellationToken cancellationToken) =>
            grid.ReplyAsync<AuditProof>(caller, [cluster, query], cancellationToken);

        public Task<Outcome<DeviceStatement>> GetAuditHeadAsync(NodeId node, ReadOnlyMemory<byte> nonce, CancellationToken cancellationToken) =>
            grid.ReplyAsync<DeviceStatement>(caller, [node, nonce], cancellationToken);

        public Task<Outcome<DeviceStatement>> AttestNodeAsync(NodeId node, ReadOnlyMemory<byte> nonce, CancellationToken cancellationToken) =>
            grid.ReplyAsync<DeviceStatement>(caller, [node, nonce], cancellationToken);

        public IClusterDoors Doors => new SeenDoors(grid, caller);

        public ISharedKeyGrid SharedKeys => new SeenShared(grid, caller);
    }

    private sealed class SeenDoors(MemoryGrid grid, Caller caller) : IClusterDoors
    {
        public Task<Outcome<KeyStatus>> FindKeyAsync(ClusterId cluster, Hash256 key, CancellationToken cancellationToken) =>
            grid.ReplyAsync<KeyStatus>(caller, [cluster, key], cancellationToken);

        public Task<Outcome<ServingNodes>> GetHoldersAsync(ClusterId cluster, Hash256 key, bool fresh, CancellationToken cancellationToken) =>
            grid.ReplyAsync<ServingNodes>(caller, [cluster, key, fresh], cancellationToken);

        public Task<Outcome<SessionCallAnswer>> CallAsync(NodeId node, SessionCall call, CancellationToken cancellationToken) =>
            grid.ReplyAsync<SessionCallAnswer>(caller, [node, call], cancellationToken);

        public Task<Outcome<PartDone>> PerformAsync(ClusterId cluster, PartOrder order, CancellationToken cancellationToken) =>
            grid.ReplyAsync<PartDone>(caller, [cluster, order], cancellationToken);
    }

    private sealed class SeenShared(MemoryGrid grid, Caller caller) : ISharedKeyGrid
    {
        public Task<Outcome<Page<SharedKeyStatus>>> ListAsync(SharedKeyQuery query, CancellationToken cancellationToken) =>
            grid.ReplyAsync<Page<SharedKeyStatus>>(caller, [query], cancellationToken);

        public Task<Outcome<SharedKeyStatus>> GetAsync(Hash256 key, CancellationToken cancellationToken) => grid.ReplyAsync<SharedKeyStatus>(caller, [key], cancellationToken);

        public Task<Outcome<SharedKeyEvidence>> GetEvidenceAsync(Hash256 key, CancellationToken cancellationToken) =>
            grid.ReplyAsync<SharedKeyEvidence>(caller, [key], cancellationToken);

        public Task<Outcome<MessageSignatureStatus>> SignAsync(Hash256 key, KeyCall call, CancellationToken cancellationToken) =>
            grid.ReplyAsync<MessageSignatureStatus>(caller, [key, call], cancellationToken);

        public Task<Outcome<KeyEvaluations>> EvaluateAsync(Hash256 key, KeyCall call, CancellationToken cancellationToken) =>
            grid.ReplyAsync<KeyEvaluations>(caller, [key, call], cancellationToken);

        public Task<Outcome<KeyBackup>> BackupAsync(Hash256 key, BackupOrder order, CancellationToken cancellationToken) =>
            grid.ReplyAsync<KeyBackup>(caller, [key, order], cancellationToken);

        public Task<Outcome<CeremonyStatus>> RefreshAsync(Hash256 key, CancellationToken cancellationToken) => grid.ReplyAsync<CeremonyStatus>(caller, [key], cancellationToken);

        public Task<Outcome<CeremonyStatus>> RepairAsync(Hash256 key, NodeId holder, CancellationToken cancellationToken) =>
            grid.ReplyAsync<CeremonyStatus>(caller, [key, holder], cancellationToken);

        public Task<Outcome<CeremonyStatus>> GetCeremonyAsync(Hash256 ceremony, CancellationToken cancellationToken) =>
            grid.ReplyAsync<CeremonyStatus>(caller, [ceremony], cancellationToken);
    }
}

/// <summary>A call as it arrived behind the relay.</summary>
internal sealed record GridCall(Caller Caller, string Method, IReadOnlyList<object?> Arguments);
