namespace VaultGrid.Client;

/// <summary>A Trust and where it stands.</summary>
public sealed record TrustStatus
{
    /// <summary>Its hash: its name.</summary>
    public required Hash256 Trust { get; init; }

    /// <summary>The chain.</summary>
    public required TrustId Chain { get; init; }

    /// <summary>Its place in the chain, from 1.</summary>
    public required ulong Number { get; init; }

    /// <summary>The Trust that it follows; null for the first.</summary>
    public Hash256? Predecessor { get; init; }

    /// <summary>Where it stands: <c>unsigned</c>, <c>signed</c> (sealed by an HSM) or <c>passed</c> (another took its place).</summary>
    public required string State { get; init; }

    /// <summary>Who filed it.</summary>
    public required string Caller { get; init; }

    /// <summary>When it was filed.</summary>
    public required DateTimeOffset Filed { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset Changed { get; init; }

    /// <summary>How many of its operators must sign.</summary>
    public required int Quorum { get; init; }

    /// <summary>Its operators' identities.</summary>
    public required IReadOnlyList<string> Operators { get; init; }

    /// <summary>Its HSMs.</summary>
    public required IReadOnlyList<NodeId> Hsms { get; init; }

    /// <summary>The identities that signed it, operators of this Trust and of the one before.</summary>
    public required IReadOnlyList<string> Signers { get; init; }

    /// <summary>The node that sealed it.</summary>
    public NodeId? SealedBy { get; init; }

    /// <summary>When it was sealed.</summary>
    public DateTimeOffset? Sealed { get; init; }

    /// <summary>The document, with the signatures gathered so far (docs/domains.md); left out in listings.</summary>
    public ReadOnlyMemory<byte>? Document { get; init; }
}
