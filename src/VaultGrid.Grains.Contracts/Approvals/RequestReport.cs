namespace VaultGrid.Grains;

/// <summary>A request and where it stands.</summary>
[GenerateSerializer, Immutable, Alias("vg.approval.report.v1")]
public sealed record RequestReport
{
    /// <summary>Its id.</summary>
    [Id(0)] public required RequestId RequestId { get; init; }

    /// <summary>SHA-256 of its bytes.</summary>
    [Id(1)] public required Hash256 Hash { get; init; }

    /// <summary>Its canonical bytes; empty in listings.</summary>
    [Id(2)] public ReadOnlyMemory<byte> Request { get; init; }

    /// <summary>The document filed with it; empty in listings, and where there is none.</summary>
    [Id(3)] public ReadOnlyMemory<byte> Document { get; init; }

    /// <summary>The action.</summary>
    [Id(4)] public required string Action { get; init; }

    /// <summary>The cluster.</summary>
    [Id(5)] public required ClusterId Cluster { get; init; }

    /// <summary>Where it stands.</summary>
    [Id(6)] public required RequestState State { get; init; }

    /// <summary>Who filed it.</summary>
    [Id(7)] public required string Caller { get; init; }

    /// <summary>When it was filed.</summary>
    [Id(8)] public required DateTimeOffset Filed { get; init; }

    /// <summary>When it last changed.</summary>
    [Id(9)] public required DateTimeOffset Changed { get; init; }

    /// <summary>When it expires.</summary>
    [Id(10)] public required DateTimeOffset Expires { get; init; }

    /// <summary>The identities that the approvals' certificates claim.</summary>
    [Id(11)] public ImmutableArray<string> Approvers { get; init; } = [];

    /// <summary>The node that carried it out.</summary>
    [Id(12)] public NodeId? Node { get; init; }

    /// <summary>The signature, where it is a signing that is done.</summary>
    [Id(13)] public SignatureReport? Signature { get; init; }

    /// <summary>The key that it made or used.</summary>
    [Id(14)] public Hash256? Key { get; init; }

    /// <summary>Why the last attempt was refused, if it was.</summary>
    [Id(15)] public Refused? Refusal { get; init; }

    /// <summary>The clusters that act on it together; empty where it is of one.</summary>
    [Id(16)] public ImmutableArray<ClusterId> Clusters { get; init; } = [];

    /// <summary>How far each of them has come, where each does a part of its own; empty before anything was tried.</summary>
    [Id(17)] public ImmutableArray<ClusterPart> Parts { get; init; } = [];

    /// <summary>The session that was last held for it, where several clusters sign.</summary>
    [Id(18)] public Hash256? Session { get; init; }

    /// <summary>The signature of a shared key, where it is one that is done.</summary>
    [Id(19)] public MessageSignatureReport? Message { get; init; }

    /// <summary>The ceremony that was last held for it.</summary>
    [Id(20)] public Hash256? Ceremony { get; init; }

    /// <summary>The customers whom its clusters were assigned to when it was filed; none where they were nobody's.</summary>
    [Id(21)] public ImmutableArray<string> Customers { get; init; } = [];
}

/// <summary>One cluster's part of a request that several carry out.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Node">The node that carried it out; null where none has yet.</param>
/// <param name="Refusal">Why it has not been, where it was tried.</param>
[GenerateSerializer, Immutable, Alias("vg.approval.part.v1")]
public sealed record ClusterPart([property: Id(0)] ClusterId Cluster, [property: Id(1)] NodeId? Node, [property: Id(2)] Refused? Refusal);
