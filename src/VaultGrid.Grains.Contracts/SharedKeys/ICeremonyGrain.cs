using Orleans.Concurrency;

namespace VaultGrid.Grains;

/// <summary>
/// One ceremony as whoever asked for it sees it (key: a hash that names what is to be done): an untrusted courier between the enclaves that generate, refresh,
/// reshare or repair a key. What was cut off, by a silo's death or an enclave's, goes on where it was.
/// </summary>
[Alias("vg.ceremony.v1")]
public interface ICeremonyGrain : IGrainWithStringKey
{
    /// <summary>Begins it, or goes on, and waits for its end as long as callers do; a ceremony that has ended answers what came of it.</summary>
    [Alias("run")]
    Task<Answer<CeremonyReport>> RunAsync(CeremonyOrder order, CancellationToken cancellationToken);

    /// <summary>How far it has come; <c>session.unknown</c>.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<Answer<CeremonyReport>> GetAsync(CancellationToken cancellationToken);
}

/// <summary>What a ceremony is to do.</summary>
/// <param name="Kind"><see cref="CeremonyKinds"/>.</param>
/// <param name="Key">The hash of the key's birth record; null for a new key.</param>
/// <param name="Node">The holder whose share is repaired; null else.</param>
/// <param name="Request">The approved request's exact bytes; empty for a refresh that is due and a repair.</param>
/// <param name="Approvals">Its approvals.</param>
/// <param name="Document">The first policy of a new key; empty else.</param>
[GenerateSerializer, Immutable, Alias("vg.ceremony.order.v1")]
public sealed record CeremonyOrder(
    [property: Id(0)] string Kind,
    [property: Id(1)] Hash256? Key,
    [property: Id(2)] NodeId? Node,
    [property: Id(3)] ReadOnlyMemory<byte> Request,
    [property: Id(4)] ImmutableArray<GivenApproval> Approvals,
    [property: Id(5)] ReadOnlyMemory<byte> Document);

/// <summary>How far a ceremony has come.</summary>
[GenerateSerializer, Immutable, Alias("vg.ceremony.report.v1")]
public sealed record CeremonyReport
{
    /// <summary>The hash that names it.</summary>
    [Id(0)] public required Hash256 Ceremony { get; init; }

    /// <summary><see cref="CeremonyKinds"/>.</summary>
    [Id(1)] public required string Kind { get; init; }

    /// <summary>The key; null before a new one is there.</summary>
    [Id(2)] public Hash256? Key { get; init; }

    /// <summary><c>running</c>, <c>done</c> or <c>failed</c>.</summary>
    [Id(3)] public required string State { get; init; }

    /// <summary>Who takes part, and where each is.</summary>
    [Id(4)] public ImmutableArray<CeremonyMemberReport> Members { get; init; } = [];

    /// <summary>Who broke the protocol, or did not answer.</summary>
    [Id(5)] public ImmutableArray<BlameReport> Blamed { get; init; } = [];

    /// <summary>The number of the version that came out; 0 before.</summary>
    [Id(6)] public uint Version { get; init; }

    /// <summary>When it began.</summary>
    [Id(7)] public required DateTimeOffset Started { get; init; }

    /// <summary>How long it took, or takes by now.</summary>
    [Id(8)] public required TimeSpan Elapsed { get; init; }

    /// <summary>Why it failed.</summary>
    [Id(9)] public Refused? Refusal { get; init; }

    /// <summary>In the state of one that goes on.</summary>
    public const string Running = "running";

    /// <summary>In the state of one that has reached its end.</summary>
    public const string Done = "done";

    /// <summary>In the state of one that can't.</summary>
    public const string Failed = "failed";
}

/// <summary>A member of a ceremony.</summary>
/// <param name="Node">The node.</param>
/// <param name="Stage">Where it is, by name; empty where it has not answered.</param>
[GenerateSerializer, Immutable, Alias("vg.ceremony.member.v1")]
public sealed record CeremonyMemberReport([property: Id(0)] NodeId Node, [property: Id(1)] string Stage);

/// <summary>The kinds of ceremonies by name.</summary>
public static class CeremonyKinds
{
    /// <summary>A new key.</summary>
    public const string Generate = "generate";

    /// <summary>New shares for the same holders.</summary>
    public const string Refresh = "refresh";

    /// <summary>New shares for other holders, or another f.</summary>
    public const string Reshare = "reshare";

    /// <summary>One lost share.</summary>
    public const string Repair = "repair";
}
