namespace VaultGrid.Client;

/// <summary>
/// A vault grid as its users see it. The REST SDK, the grain transport and the relays all speak through this one interface, so that what
/// works through one door works through every other.
/// </summary>
/// <remarks>Refusals are values with a stable <see cref="RefusalCode"/>; only broken infrastructure on this side throws.</remarks>
public interface IVaultGrid
{
    /// <summary>Trusts, operators and Domains of the same grid.</summary>
    ITrustGrid Trusts { get; }

    /// <summary>The grid: its engine, its clusters and whether they serve.</summary>
    Task<Outcome<GridStatus>> GetGridAsync(CancellationToken cancellationToken);

    /// <summary>One cluster: its nodes and keys in short.</summary>
    Task<Outcome<ClusterStatus>> GetClusterAsync(ClusterId cluster, CancellationToken cancellationToken);

    /// <summary>One node, asked now.</summary>
    Task<Outcome<NodeStatus>> GetNodeAsync(NodeId node, CancellationToken cancellationToken);

    /// <summary>Gives a fresh node its identity and pins; it answers a certificate request for its own new D key.</summary>
    Task<Outcome<CertificateRequest>> ProvisionNodeAsync(NodeId node, NodeProvisioning provisioning, CancellationToken cancellationToken);

    /// <summary>Installs or renews a node's device certificate.</summary>
    Task<Outcome<NodeStatus>> CertifyNodeAsync(NodeId node, NodeCertification certification, CancellationToken cancellationToken);

    /// <summary>The wrap key of a node for a key that will be dealt under this name: made at the first call, the same until the import.</summary>
    Task<Outcome<DeviceStatement>> GetWrapKeyAsync(NodeId node, KeyId key, CancellationToken cancellationToken);

    /// <summary>The CA certificates and revocation lists that the grid hands out.</summary>
    Task<Outcome<AuthorityFile>> GetAuthoritiesAsync(CancellationToken cancellationToken);

    /// <summary>Publishes CA certificates and newer revocation lists to relays and to every node.</summary>
    Task<Outcome<AuthoritiesPublished>> PublishAuthoritiesAsync(AuthorityFile bundle, CancellationToken cancellationToken);

    /// <summary>Files a request for approval. Filing the same bytes again answers the same; other bytes under its id are refused.</summary>
    Task<Outcome<RequestStatus>> SubmitAsync(RequestSubmission submission, CancellationToken cancellationToken);

    /// <summary>Adds an approval to a filed request.</summary>
    Task<Outcome<RequestStatus>> ApproveAsync(RequestId request, RequestApproval approval, CancellationToken cancellationToken);

    /// <summary>Has an approved request carried out by an enclave. Idempotent: once done, it answers what came of it.</summary>
    Task<Outcome<RequestStatus>> ExecuteAsync(RequestId request, CancellationToken cancellationToken);

    /// <summary>Files, approves and executes in one call: the fast way for a request whose approvals are at hand.</summary>
    Task<Outcome<RequestStatus>> ExecuteApprovedAsync(
        RequestSubmission submission, IReadOnlyList<RequestApproval> approvals, CancellationToken cancellationToken);

    /// <summary>One request.</summary>
    Task<Outcome<RequestStatus>> GetRequestAsync(RequestId request, CancellationToken cancellationToken);

    /// <summary>The request history by page, newest first.</summary>
    Task<Outcome<Page<RequestStatus>>> ListRequestsAsync(RequestQuery query, CancellationToken cancellationToken);

    /// <summary>The keys of a cluster by page, in order of name.</summary>
    Task<Outcome<Page<KeyStatus>>> ListKeysAsync(ClusterId cluster, PageQuery page, CancellationToken cancellationToken);

    /// <summary>One key.</summary>
    Task<Outcome<KeyStatus>> GetKeyAsync(ClusterId cluster, KeyId key, CancellationToken cancellationToken);

    /// <summary>The extended public key at a path, with the addresses of its public key.</summary>
    Task<Outcome<AccountStatus>> GetAccountAsync(ClusterId cluster, KeyId key, DerivationPath path, CancellationToken cancellationToken);

    /// <summary>Keys that nodes generated together.</summary>
    ISharedKeyGrid SharedKeys { get; }

    /// <summary>What coordinators of other grids ask of this one's clusters; for relays.</summary>
    IClusterDoors Doors { get; }

    /// <summary>Brings every node of a cluster to the same records, lists and keys.</summary>
    Task<Outcome<SyncReport>> SynchroniseAsync(ClusterId cluster, CancellationToken cancellationToken);

    /// <summary>The journal of a signing session of several clusters.</summary>
    Task<Outcome<SessionStatus>> GetSessionAsync(Hash256 session, CancellationToken cancellationToken);

    /// <summary>Assigns a cluster to a customer, with a limit of keys; or takes it back.</summary>
    Task<Outcome<ClusterAssignment>> AssignClusterAsync(ClusterId cluster, ClusterAssignment assignment, CancellationToken cancellationToken);

    /// <summary>Begins an audit of a cluster's keys, or joins the one under way; it goes on by itself.</summary>
    Task<Outcome<KeyAuditStatus>> StartKeyAuditAsync(ClusterId cluster, KeyAuditOrder order, CancellationToken cancellationToken);

    /// <summary>The audit of a cluster's keys that is under way, else the last one.</summary>
    Task<Outcome<KeyAuditStatus>> GetKeyAuditAsync(ClusterId cluster, CancellationToken cancellationToken);

    /// <summary>Asks one node (or any) for an audit signature over at most 8 bytes.</summary>
    Task<Outcome<SignatureStatus>> AuditSignAsync(ClusterId cluster, KeyId key, uint? node, ReadOnlyMemory<byte> message, CancellationToken cancellationToken);

    /// <summary>A cluster's merged audit log, after what its enclaves have written since was taken in.</summary>
    Task<Outcome<AuditLogStatus>> GetAuditLogAsync(ClusterId cluster, CancellationToken cancellationToken);

    /// <summary>Entries of a cluster's merged audit log by page, the oldest first; a mark is the position of the page's first entry.</summary>
    Task<Outcome<Page<AuditEntryStatus>>> ListAuditAsync(ClusterId cluster, PageQuery page, CancellationToken cancellationToken);

    /// <summary>A proof that an entry is in a cluster's merged log, or that a smaller log is its beginning.</summary>
    Task<Outcome<AuditProof>> ProveAuditAsync(ClusterId cluster, AuditProofQuery query, CancellationToken cancellationToken);

    /// <summary>The end of a node's own audit log, signed by its enclave with a nonce of 16 to 64 bytes: an <see cref="AuditHead"/>.</summary>
    Task<Outcome<DeviceStatement>> GetAuditHeadAsync(NodeId node, ReadOnlyMemory<byte> nonce, CancellationToken cancellationToken);

    /// <summary>What a node's enclave is, signed by it with a nonce of 16 to 64 bytes: an <see cref="Attestation"/>.</summary>
    Task<Outcome<DeviceStatement>> AttestNodeAsync(NodeId node, ReadOnlyMemory<byte> nonce, CancellationToken cancellationToken);
}
