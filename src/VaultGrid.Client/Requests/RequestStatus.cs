namespace VaultGrid.Client;

/// <summary>A request and where it stands.</summary>
public sealed record RequestStatus
{
    /// <summary>Its id.</summary>
    public required RequestId RequestId { get; init; }

    /// <summary>SHA-256 of its bytes: what approvals sign.</summary>
    public required Hash256 Hash { get; init; }

    /// <summary>Its canonical bytes; left out in listings.</summary>
    public ReadOnlyMemory<byte>? Request { get; init; }

    /// <summary>The document filed with it; left out in listings.</summary>
    public ReadOnlyMemory<byte>? Document { get; init; }

    /// <summary>The action.</summary>
    public required string Action { get; init; }

    /// <summary>The cluster.</summary>
    public required ClusterId Cluster { get; init; }

    /// <summary>Where it stands: <c>open</c>, <c>done</c>, <c>refused</c> or <c>expired</c>.</summary>
    public required string State { get; init; }

    /// <summary>Who filed it.</summary>
    public required string Caller { get; init; }

    /// <summary>When it was filed.</summary>
    public required DateTimeOffset Filed { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset Changed { get; init; }

    /// <summary>When it expires.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>How many approvals it has gathered; whether they count is the enclave's to say.</summary>
    public required int Approvals { get; init; }

    /// <summary>The identities that the approvals' certificates claim.</summary>
    public IReadOnlyList<string> Approvers { get; init; } = [];

    /// <summary>The node that carried it out.</summary>
    public NodeId? Node { get; init; }

    /// <summary>The signature, where it asked for one and is done.</summary>
    public SignatureStatus? Signature { get; init; }

    /// <summary>The key, where it asked for one and is done.</summary>
    public Hash256? Key { get; init; }

    /// <summary>Why the last attempt was refused, if it was.</summary>
    public Problem? Refusal { get; init; }

    /// <summary>The clusters that act on it together; left out where it is of one.</summary>
    public IReadOnlyList<ClusterId>? Clusters { get; init; }

    /// <summary>How far each of them has come, where each does a part of its own.</summary>
    public IReadOnlyList<ClusterProgress>? Parts { get; init; }

    /// <summary>The session that was last held for it, where several clusters sign.</summary>
    public Hash256? Session { get; init; }

    /// <summary>The signature of a shared key, where it asked for one and is done.</summary>
    public MessageSignatureStatus? Message { get; init; }

    /// <summary>The ceremony that was last held for it, where it changes the shares of a key.</summary>
    public Hash256? Ceremony { get; init; }
}

/// <summary>One cluster's part of a request that several carry out.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Node">The node that carried it out; left out where none has yet.</param>
/// <param name="Refusal">Why it has not been.</param>
public sealed record ClusterProgress(ClusterId Cluster, NodeId? Node = null, Problem? Refusal = null);

/// <summary>Which requests are wanted.</summary>
public sealed record RequestQuery : PageQuery
{
    /// <summary>Only this cluster's.</summary>
    public ClusterId? Cluster { get; init; }

    /// <summary>Only those in this state.</summary>
    public string? State { get; init; }

    /// <summary>Only those filed by this caller.</summary>
    public string? Caller { get; init; }

    /// <summary>Only those of clusters that were assigned to this customer when they were filed.</summary>
    public string? Customer { get; init; }
}
