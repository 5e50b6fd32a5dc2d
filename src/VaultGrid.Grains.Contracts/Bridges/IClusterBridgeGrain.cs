namespace VaultGrid.Grains;

/// <summary>The only door from outside into a vault cluster (key: its number). Refuses early, with <c>grid.overloaded</c>, when too many calls are under way.</summary>
[Alias("vg.bridge.cluster.v1")]
public interface IClusterBridgeGrain : IGrainWithStringKey
{
    /// <summary>The cluster.</summary>
    [Alias("cluster")]
    Task<Answer<ClusterReport>> GetClusterAsync(CancellationToken cancellationToken);

    /// <summary>One node.</summary>
    [Alias("node")]
    Task<Answer<NodeReport>> GetNodeAsync(NodeId node, CancellationToken cancellationToken);

    /// <summary>Provisions a node.</summary>
    [Alias("provision")]
    Task<Answer<ProvisionedNode>> ProvisionAsync(NodeId node, ProvisionNode command, CancellationToken cancellationToken);

    /// <summary>Certifies a node.</summary>
    [Alias("certify")]
    Task<Answer<NodeReport>> CertifyAsync(NodeId node, CertifyNode command, CancellationToken cancellationToken);

    /// <summary>The wrap key of a node.</summary>
    [Alias("wrap-key")]
    Task<Answer<NodeStatement>> GetWrapKeyAsync(NodeId node, KeyId key, CancellationToken cancellationToken);

    /// <summary>Files a request.</summary>
    [Alias("submit")]
    Task<Answer<RequestReport>> SubmitAsync(RequestId request, SubmitRequest command, CancellationToken cancellationToken);

    /// <summary>Files, approves and executes a request.</summary>
    [Alias("execute-approved")]
    Task<Answer<RequestReport>> ExecuteApprovedAsync(RequestId request, ExecuteRequest command, CancellationToken cancellationToken);

    /// <summary>Keys in order of name.</summary>
    [Alias("keys")]
    Task<Answer<KeyPage>> ListKeysAsync(string? after, int limit, CancellationToken cancellationToken);

    /// <summary>One key.</summary>
    [Alias("key")]
    Task<Answer<KeyReport>> GetKeyAsync(KeyId key, CancellationToken cancellationToken);

    /// <summary>A derived account.</summary>
    [Alias("account")]
    Task<Answer<AccountReport>> GetAccountAsync(KeyId key, string path, CancellationToken cancellationToken);

    /// <summary>An audit signature.</summary>
    [Alias("audit-sign")]
    Task<Answer<SignatureReport>> AuditSignAsync(KeyId key, AuditSign command, CancellationToken cancellationToken);

    /// <summary>Assigns the cluster.</summary>
    [Alias("assign")]
    Task<Answer<AssignedCluster>> AssignAsync(AssignedCluster command, CancellationToken cancellationToken);

    /// <summary>Begins an audit of the keys.</summary>
    [Alias("start-key-audit")]
    Task<Answer<KeyAuditReport>> StartKeyAuditAsync(StartKeyAudit command, CancellationToken cancellationToken);

    /// <summary>The audit under way, else the last.</summary>
    [Alias("key-audit")]
    Task<Answer<KeyAuditReport>> GetKeyAuditAsync(CancellationToken cancellationToken);

    /// <summary>Brings the nodes into step.</summary>
    [Alias("synchronise")]
    Task<Answer<SynchronisationReport>> SynchroniseAsync(CancellationToken cancellationToken);

    /// <summary>A key by the hash of its birth record; <c>key.unknown</c>.</summary>
    [Alias("find-key")]
    Task<Answer<KeyReport>> FindKeyAsync(Hash256 key, CancellationToken cancellationToken);

    /// <summary>The nodes that may serve with a key.</summary>
    /// <param name="key">The hash of the key's birth record.</param>
    /// <param name="fresh">Whether every node is asked now; else by the last check.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("holders")]
    Task<Answer<KeyHolders>> GetHoldersAsync(Hash256 key, bool fresh, CancellationToken cancellationToken);

    /// <summary>Carries a coordinator's call to a node: those of sessions, no other.</summary>
    [Alias("session-call")]
    Task<Answer<EnclaveReply>> CallInSessionAsync(NodeId node, EnclaveMessage message, CancellationToken cancellationToken);

    /// <summary>Has the cluster carry out an approved request, and brings its nodes into step with what it changed.</summary>
    [Alias("perform")]
    Task<Answer<PerformedApproved>> PerformAsync(PerformApproved command, CancellationToken cancellationToken);

    /// <summary>The merged audit log, after what the enclaves have written since was taken in.</summary>
    [Alias("audit-log")]
    Task<Answer<AuditLogReport>> GetAuditLogAsync(CancellationToken cancellationToken);

    /// <summary>Its entries from a position on.</summary>
    [Alias("audit-entries")]
    Task<Answer<AuditEntriesReport>> ListAuditAsync(ulong from, int limit, CancellationToken cancellationToken);

    /// <summary>A proof of inclusion or consistency.</summary>
    [Alias("audit-proof")]
    Task<Answer<AuditProofReport>> ProveAuditAsync(AuditProofQuery query, CancellationToken cancellationToken);

    /// <summary>The end of a node's own log, signed by its enclave with the nonce.</summary>
    [Alias("audit-head")]
    Task<Answer<NodeStatement>> GetAuditHeadAsync(NodeId node, VerifierNonce nonce, CancellationToken cancellationToken);

    /// <summary>What a node's enclave is, signed by it with the nonce.</summary>
    [Alias("attest")]
    Task<Answer<NodeStatement>> AttestAsync(NodeId node, VerifierNonce nonce, CancellationToken cancellationToken);
}

/// <summary>A page of keys.</summary>
/// <param name="Keys">In order of name.</param>
/// <param name="More">Whether more follow.</param>
[GenerateSerializer, Immutable, Alias("vg.bridge.keys.v1")]
public sealed record KeyPage([property: Id(0)] ImmutableArray<KeyReport> Keys, [property: Id(1)] bool More);
