using VaultGrid.Client.Json;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Client;

/// <summary>
/// A grid over REST with mutual TLS 1.3. The relay's certificate counts by VaultGrid's rules alone (chain to the pinned root, role, host name,
/// revocation lists); calls that may be made twice are repeated when the grid is busy or a connection is lost. Safe from any thread; keep one.
/// </summary>
public sealed class VaultGridClient : IVaultGrid, IDisposable
{
    private readonly HttpClient? _owned;
    private readonly GridHttp _http;
    private readonly Forwarding? _forwarding;

    private VaultGridClient(HttpClient? owned, GridHttp http, Forwarding? forwarding) =>
        (_owned, _http, _forwarding, SharedKeys) = (owned, http, forwarding, new SharedKeyClient(http, forwarding));

    private static VaultGridJson Bodies => VaultGridJson.Requests;

    private static VaultGridJson Answers => VaultGridJson.Answers;

    /// <summary>Makes a client; connects at the first call.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="identity">Who calls: a certificate of the client role (or relay, for relays). Not disposed with the client.</param>
    /// <param name="authorities">What servers are verified by; <see cref="KnownAuthorities.Take"/> newer lists before the old ones are overdue.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The client, or <c>input.malformed</c> where an option makes no sense.</returns>
    public static Outcome<VaultGridClient> Create(VaultGridClientOptions options, TlsIdentity identity, KnownAuthorities authorities, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(authorities);
        if (options.Check() is { } refusal) return refusal;

        var handler = Handler(options, identity, authorities, time);
        var http = new HttpClient(handler, disposeHandler: true) { BaseAddress = options.Address, Timeout = Timeout.InfiniteTimeSpan };
        return new VaultGridClient(http, new GridHttp(http, options, time), forwarding: null);
    }

    /// <summary>Makes a client over another way of carrying HTTP calls, which sees to it by itself that it reaches the grid that is meant.</summary>
    /// <param name="options">How; the address stands for the grid alone.</param>
    /// <param name="handler">Carries the calls; disposed of with the client.</param>
    /// <param name="time">The clock.</param>
    public static Outcome<VaultGridClient> Over(VaultGridClientOptions options, HttpMessageHandler handler, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(handler);
        if (options.Check() is { } refusal) return refusal;
        var http = new HttpClient(handler, disposeHandler: true) { BaseAddress = options.Address, Timeout = Timeout.InfiniteTimeSpan };
        return new VaultGridClient(http, new GridHttp(http, options, time), forwarding: null);
    }

    /// <summary>What carries calls over verified TLS; for those who carry HTTP calls of others on.</summary>
    internal static SocketsHttpHandler Handler(VaultGridClientOptions options, TlsIdentity identity, KnownAuthorities authorities, TimeProvider time) => new()
    {
        ConnectCallback = new GridConnector(identity, authorities, time).ConnectAsync,
        ConnectTimeout = options.ConnectTimeout,
        MaxConnectionsPerServer = options.Connections,
        EnableMultipleHttp2Connections = true,

        // Connections are renewed, so that a revoked server or a new certificate of one's own is noticed.
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
    };

    /// <summary>The same grid on somebody's behalf: believed where this side's certificate is a relay's. Shares the connections.</summary>
    /// <param name="caller">Who calls in truth.</param>
    /// <param name="hops">Which relay in a row this is: 1 where the caller is connected to it.</param>
    public IVaultGrid OnBehalfOf(CertificateIdentity caller, int hops = 1)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentOutOfRangeException.ThrowIfLessThan(hops, 1);
        return new VaultGridClient(owned: null, _http, new Forwarding(caller.Uri, hops));
    }

    /// <inheritdoc/>
    public ITrustGrid Trusts => new RestTrustGrid(_http, _forwarding);

    /// <inheritdoc/>
    public ISharedKeyGrid SharedKeys { get; }

    /// <inheritdoc/>
    public IClusterDoors Doors => new ClusterDoorClient(_http, _forwarding);

    /// <inheritdoc/>
    public void Dispose() => _owned?.Dispose();

    /// <inheritdoc/>
    public Task<Outcome<GridStatus>> GetGridAsync(CancellationToken cancellationToken) =>
        _http.GetAsync(Routes.Grid, Answers.GridStatus, _forwarding, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<ClusterStatus>> GetClusterAsync(ClusterId cluster, CancellationToken cancellationToken) =>
        _http.GetAsync(Routes.Cluster(cluster), Answers.ClusterStatus, _forwarding, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<NodeStatus>> GetNodeAsync(NodeId node, CancellationToken cancellationToken) =>
        _http.GetAsync(Routes.Node(node), Answers.NodeStatus, _forwarding, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<CertificateRequest>> ProvisionNodeAsync(NodeId node, NodeProvisioning provisioning, CancellationToken cancellationToken) =>
        _http.PostAsync(
            Routes.Provision(node), provisioning, Bodies.NodeProvisioning, Answers.CertificateRequest, _forwarding, Repeating.IfNothingWasDone, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<NodeStatus>> CertifyNodeAsync(NodeId node, NodeCertification certification, CancellationToken cancellationToken) =>
        _http.PostAsync(
            Routes.Certificate(node), certification, Bodies.NodeCertification, Answers.NodeStatus, _forwarding, Repeating.Harmless, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<DeviceStatement>> GetWrapKeyAsync(NodeId node, KeyId key, CancellationToken cancellationToken) =>
        _http.PostAsync(Routes.WrapKey(node, key), Answers.DeviceStatement, _forwarding, Repeating.Harmless, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<AuthorityFile>> GetAuthoritiesAsync(CancellationToken cancellationToken) =>
        _http.GetAsync(Routes.Authorities, Answers.AuthorityFile, _forwarding, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<AuthoritiesPublished>> PublishAuthoritiesAsync(AuthorityFile bundle, CancellationToken cancellationToken) =>
        _http.PostAsync(
            Routes.Authorities, bundle, Bodies.AuthorityFile, Answers.AuthoritiesPublished, _forwarding, Repeating.Harmless, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<RequestStatus>> SubmitAsync(RequestSubmission submission, CancellationToken cancellationToken) =>
        _http.PostAsync(Routes.Requests, submission, Bodies.RequestSubmission, Answers.RequestStatus, _forwarding, Repeating.Harmless, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<RequestStatus>> ApproveAsync(RequestId request, RequestApproval approval, CancellationToken cancellationToken) =>
        _http.PostAsync(
            Routes.Approvals(request), approval, Bodies.RequestApproval, Answers.RequestStatus, _forwarding, Repeating.IfNothingWasDone, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<RequestStatus>> ExecuteAsync(RequestId request, CancellationToken cancellationToken) =>
        _http.PostAsync(Routes.Execute(request), Answers.RequestStatus, _forwarding, Repeating.Harmless, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<RequestStatus>> ExecuteApprovedAsync(
        RequestSubmission submission, IReadOnlyList<RequestApproval> approvals, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(submission);
        var body = new ApprovedSubmission(submission.Request, approvals, submission.Document);
        return _http.PostAsync(
            Routes.ExecuteApproved, body, Bodies.ApprovedSubmission, Answers.RequestStatus, _forwarding, Repeating.Harmless, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Outcome<RequestStatus>> GetRequestAsync(RequestId request, CancellationToken cancellationToken) =>
        _http.GetAsync(Routes.Request(request), Answers.RequestStatus, _forwarding, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<Page<RequestStatus>>> ListRequestsAsync(RequestQuery query, CancellationToken cancellationToken) =>
        _http.GetAsync(Routes.RequestPage(query), Answers.RequestPage, _forwarding, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<Page<KeyStatus>>> ListKeysAsync(ClusterId cluster, PageQuery page, CancellationToken cancellationToken) =>
        _http.GetAsync(Routes.KeyPage(cluster, page), Answers.KeyPage, _forwarding, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<KeyStatus>> GetKeyAsync(ClusterId cluster, KeyId key, CancellationToken cancellationToken) =>
        _http.GetAsync(Routes.Key(cluster, key), Answers.KeyStatus, _forwarding, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<AccountStatus>> GetAccountAsync(ClusterId cluster, KeyId key, DerivationPath path, CancellationToken cancellationToken) =>
        _http.GetAsync(Routes.Account(cluster, key, path), Answers.AccountStatus, _forwarding, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<SyncReport>> SynchroniseAsync(ClusterId cluster, CancellationToken cancellationToken) =>
        _http.PostAsync(Routes.Sync(cluster), Answers.SyncReport, _forwarding, Repeating.Harmless, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<SessionStatus>> GetSessionAsync(Hash256 session, CancellationToken cancellationToken) =>
        _http.GetAsync(Routes.Session(session), Answers.SessionStatus, _forwarding, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<ClusterAssignment>> AssignClusterAsync(ClusterId cluster, ClusterAssignment assignment, CancellationToken cancellationToken) =>
        _http.PostAsync(Routes.Assignment(cluster), assignment, Bodies.ClusterAssignment, Answers.ClusterAssignment, _forwarding, Repeating.Harmless, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<KeyAuditStatus>> StartKeyAuditAsync(ClusterId cluster, KeyAuditOrder order, CancellationToken cancellationToken) =>
        _http.PostAsync(Routes.KeyAudit(cluster), order, Bodies.KeyAuditOrder, Answers.KeyAuditStatus, _forwarding, Repeating.Harmless, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<KeyAuditStatus>> GetKeyAuditAsync(ClusterId cluster, CancellationToken cancellationToken) =>
        _http.GetAsync(Routes.KeyAudit(cluster), Answers.KeyAuditStatus, _forwarding, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<SignatureStatus>> AuditSignAsync(
        ClusterId cluster, KeyId key, uint? node, ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        _http.PostAsync(
            Routes.Audit(cluster, key), new AuditMessage(message, node), Bodies.AuditMessage, Answers.SignatureStatus, _forwarding, Repeating.Harmless,
            cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<AuditLogStatus>> GetAuditLogAsync(ClusterId cluster, CancellationToken cancellationToken) =>
        _http.GetAsync(Routes.AuditLog(cluster), Answers.AuditLogStatus, _forwarding, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<Page<AuditEntryStatus>>> ListAuditAsync(ClusterId cluster, PageQuery page, CancellationToken cancellationToken) =>
        _http.GetAsync(Routes.AuditPage(cluster, page), Answers.AuditPage, _forwarding, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<AuditProof>> ProveAuditAsync(ClusterId cluster, AuditProofQuery query, CancellationToken cancellationToken) =>
        _http.GetAsync(Routes.AuditProof(cluster, query), Answers.AuditProof, _forwarding, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<DeviceStatement>> GetAuditHeadAsync(NodeId node, ReadOnlyMemory<byte> nonce, CancellationToken cancellationToken) =>
        _http.GetAsync(Routes.AuditHead(node, nonce.Span), Answers.DeviceStatement, _forwarding, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<DeviceStatement>> AttestNodeAsync(NodeId node, ReadOnlyMemory<byte> nonce, CancellationToken cancellationToken) =>
        _http.GetAsync(Routes.Attestation(node, nonce.Span), Answers.DeviceStatement, _forwarding, cancellationToken);
}
