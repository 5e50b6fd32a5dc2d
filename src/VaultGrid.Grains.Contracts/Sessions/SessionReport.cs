namespace VaultGrid.Grains;

/// <summary>What came of a session, and how: its journal. Nothing in it is secret, and nothing that protects a key rests on it.</summary>
[GenerateSerializer, Immutable, Alias("vg.session.report.v1")]
public sealed record SessionReport
{
    /// <summary>Its id.</summary>
    [Id(0)] public required Hash256 Session { get; init; }

    /// <summary>The hash of the key's birth record.</summary>
    [Id(1)] public required Hash256 Key { get; init; }

    /// <summary>The protocol's name; empty where the key was not found.</summary>
    [Id(2)] public required string Protocol { get; init; }

    /// <summary>What it was for: <see cref="SessionPurposes"/>.</summary>
    [Id(3)] public required string Purpose { get; init; }

    /// <summary>SHA-256 of the request's bytes, where it was for one.</summary>
    [Id(4)] public Hash256? Request { get; init; }

    /// <summary>When it began.</summary>
    [Id(5)] public required DateTimeOffset Started { get; init; }

    /// <summary>How long it took.</summary>
    [Id(6)] public required TimeSpan Elapsed { get; init; }

    /// <summary>The tries, in order; the last one made the signature, where there is one.</summary>
    [Id(7)] public required ImmutableArray<SessionTry> Tries { get; init; }

    /// <summary>The signature; null where it was refused.</summary>
    [Id(8)] public SignatureReport? Signature { get; init; }

    /// <summary>Why there is none.</summary>
    [Id(9)] public Refused? Refusal { get; init; }

    /// <summary>What the last participant sent to the coordinator, behind its length, and its D key's signature, behind its length; empty where nothing came.</summary>
    [Id(10)] public ReadOnlyMemory<byte> Message { get; init; }
}

/// <summary>One try of a session: one combination of participants, under an id of its own.</summary>
/// <param name="Id">The id in the participants' messages.</param>
/// <param name="IsPrepared">True where it was prepared before the request came.</param>
/// <param name="Participants">Who took part, in the protocol's order.</param>
/// <param name="Steps">What they were asked, in the order in which they answered.</param>
/// <param name="Mishaps">Why it failed; none where it didn't.</param>
[GenerateSerializer, Immutable, Alias("vg.session.try.v1")]
public sealed record SessionTry(
    [property: Id(0)] Hash256 Id,
    [property: Id(1)] bool IsPrepared,
    [property: Id(2)] ImmutableArray<NodeId> Participants,
    [property: Id(3)] ImmutableArray<SessionStepEntry> Steps,
    [property: Id(4)] ImmutableArray<SessionMishap> Mishaps);

/// <summary>One step of a participant.</summary>
/// <param name="Round">The round, numbered by the protocol; 0 for the opening.</param>
/// <param name="Node">Who took it.</param>
/// <param name="Elapsed">How long it took to answer.</param>
/// <param name="Packets">SHA-256 of each packet that it sent: sealed ones, which only their receivers can read.</param>
[GenerateSerializer, Immutable, Alias("vg.session.step.v1")]
public sealed record SessionStepEntry(
    [property: Id(0)] byte Round, [property: Id(1)] NodeId Node, [property: Id(2)] TimeSpan Elapsed, [property: Id(3)] ImmutableArray<Hash256> Packets);

/// <summary>Why a try failed.</summary>
/// <param name="Round">In which round; 0 for the opening.</param>
/// <param name="Node">Who said so, or did not answer.</param>
/// <param name="Code">The refusal's code; <c>session.aborted</c> where an enclave found another participant's message wrong.</param>
/// <param name="Why">One sentence.</param>
/// <param name="Culprits">The smallest set that surely contains who caused it, by what <paramref name="Node"/> said; empty where nobody can be named.</param>
[GenerateSerializer, Immutable, Alias("vg.session.mishap.v1")]
public sealed record SessionMishap(
    [property: Id(0)] byte Round, [property: Id(1)] NodeId Node, [property: Id(2)] string Code, [property: Id(3)] string Why, [property: Id(4)] ImmutableArray<NodeId> Culprits);

/// <summary>What a session is for, by name.</summary>
public static class SessionPurposes
{
    /// <summary>An approved request.</summary>
    public const string Request = "request";

    /// <summary>An audit of the shares.</summary>
    public const string Audit = "audit";
}
