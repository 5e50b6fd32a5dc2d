namespace VaultGrid.Grains;

/// <summary>What an audit of a cluster's keys came to.</summary>
[GenerateSerializer, Immutable, Alias("vg.key-audit.report.v1")]
public sealed record KeyAuditReport
{
    /// <summary>Who ordered an audit that the reminder began.</summary>
    public const string Schedule = "schedule";

    /// <summary>The cluster.</summary>
    [Id(0)] public required ClusterId Cluster { get; init; }

    /// <summary>Who ordered it.</summary>
    [Id(1)] public required string By { get; init; }

    /// <summary>When it began.</summary>
    [Id(2)] public required DateTimeOffset Started { get; init; }

    /// <summary>When it ended; null while it goes on.</summary>
    [Id(3)] public DateTimeOffset? Finished { get; init; }

    /// <summary>The keys so far, in order of name.</summary>
    [Id(4)] public ImmutableArray<AuditedKey> Keys { get; init; } = [];

    /// <summary>Why it ended before all keys were looked at.</summary>
    [Id(5)] public Refused? Refusal { get; init; }
}

/// <summary>One key in an audit.</summary>
/// <param name="KeyId">Its name.</param>
/// <param name="Key">The hash of its birth record.</param>
/// <param name="Kind">Its kind by name.</param>
/// <param name="Checks">How many checks were made: parts checked, signatures, sessions.</param>
/// <param name="Failures">Those that failed.</param>
/// <param name="Broken">Nodes whose part works no more.</param>
/// <param name="Suspects">Nodes of which some have a part that works no more, where it can't be told which.</param>
[GenerateSerializer, Immutable, Alias("vg.key-audit.key.v1")]
public sealed record AuditedKey(
    [property: Id(0)] KeyId KeyId,
    [property: Id(1)] Hash256 Key,
    [property: Id(2)] string Kind,
    [property: Id(3)] int Checks,
    [property: Id(4)] ImmutableArray<AuditFailure> Failures,
    [property: Id(5)] ImmutableArray<NodeId> Broken,
    [property: Id(6)] ImmutableArray<NodeId> Suspects);

/// <summary>A check that failed.</summary>
/// <param name="What"><c>part</c>, <c>signature</c> or <c>session</c>.</param>
/// <param name="Nodes">Who was asked.</param>
/// <param name="Refusal">Why.</param>
[GenerateSerializer, Immutable, Alias("vg.key-audit.failure.v1")]
public sealed record AuditFailure([property: Id(0)] string What, [property: Id(1)] ImmutableArray<NodeId> Nodes, [property: Id(2)] Refused Refusal);
