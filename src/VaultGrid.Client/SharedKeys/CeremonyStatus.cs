namespace VaultGrid.Client;

/// <summary>How far a ceremony has come.</summary>
public sealed record CeremonyStatus
{
    /// <summary>The hash that names it; for an approved request the request's.</summary>
    public required Hash256 Ceremony { get; init; }

    /// <summary><c>generate</c>, <c>refresh</c>, <c>reshare</c> or <c>repair</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The key; left out before a new one is there.</summary>
    public Hash256? Key { get; init; }

    /// <summary><c>running</c>, <c>done</c> or <c>failed</c>.</summary>
    public required string State { get; init; }

    /// <summary>The number of the version that came out; 0 before, and for a repair.</summary>
    public required long Version { get; init; }

    /// <summary>Who takes part, and where each is.</summary>
    public required IReadOnlyList<CeremonyMemberStatus> Members { get; init; }

    /// <summary>Who broke the protocol, or did not answer.</summary>
    public required IReadOnlyList<Blame> Blamed { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>How long it took, or takes by now, in milliseconds.</summary>
    public required long Milliseconds { get; init; }

    /// <summary>Why it failed.</summary>
    public Problem? Refusal { get; init; }
}

/// <summary>A member of a ceremony.</summary>
/// <param name="Node">The node.</param>
/// <param name="Stage">Where it is: <c>committing</c>, <c>listing</c>, <c>dealing</c>, <c>acknowledging</c>, <c>voting</c> or <c>done</c>; empty where it has not answered.</param>
public sealed record CeremonyMemberStatus(NodeId Node, string Stage);
