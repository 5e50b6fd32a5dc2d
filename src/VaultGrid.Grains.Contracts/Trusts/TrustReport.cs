namespace VaultGrid.Grains;

/// <summary>A Trust and where it stands.</summary>
[GenerateSerializer, Immutable, Alias("vg.trust.report.v1")]
public sealed record TrustReport
{
    /// <summary>Its hash.</summary>
    [Id(0)] public required Hash256 Trust { get; init; }

    /// <summary>The chain.</summary>
    [Id(1)] public required TrustId Chain { get; init; }

    /// <summary>Its place in the chain, from 1.</summary>
    [Id(2)] public required ulong Number { get; init; }

    /// <summary>The Trust that it follows.</summary>
    [Id(3)] public Hash256? Predecessor { get; init; }

    /// <summary>Where it stands.</summary>
    [Id(4)] public required TrustState State { get; init; }

    /// <summary>Who filed it.</summary>
    [Id(5)] public required string Caller { get; init; }

    /// <summary>When it was filed.</summary>
    [Id(6)] public required DateTimeOffset Filed { get; init; }

    /// <summary>When it last changed.</summary>
    [Id(7)] public required DateTimeOffset Changed { get; init; }

    /// <summary>How many of its operators must sign.</summary>
    [Id(8)] public required int Quorum { get; init; }

    /// <summary>Its operators' identities.</summary>
    [Id(9)] public required ImmutableArray<string> Operators { get; init; }

    /// <summary>Its HSMs.</summary>
    [Id(10)] public required ImmutableArray<NodeId> Hsms { get; init; }

    /// <summary>Who signed it.</summary>
    [Id(11)] public required ImmutableArray<string> Signers { get; init; }

    /// <summary>Who sealed it.</summary>
    [Id(12)] public NodeId? SealedBy { get; init; }

    /// <summary>When it was sealed.</summary>
    [Id(13)] public DateTimeOffset? Sealed { get; init; }

    /// <summary>The document, with what was gathered so far; empty in listings.</summary>
    [Id(14)] public ReadOnlyMemory<byte> Document { get; init; }
}
