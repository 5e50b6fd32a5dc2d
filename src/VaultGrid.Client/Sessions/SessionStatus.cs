namespace VaultGrid.Client;

/// <summary>A signing session of several clusters: what came of it, and how. Nothing in it is secret.</summary>
public sealed record SessionStatus
{
    /// <summary>Its id.</summary>
    public required Hash256 Session { get; init; }

    /// <summary>The hash of the key's birth record.</summary>
    public required Hash256 Key { get; init; }

    /// <summary>The protocol, such as <c>threshold-ecdsa</c>; empty where the key was not found.</summary>
    public required string Protocol { get; init; }

    /// <summary>What it was for: <c>request</c> or <c>audit</c>.</summary>
    public required string Purpose { get; init; }

    /// <summary>SHA-256 of the request's bytes, where it was for one.</summary>
    public Hash256? Request { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>How long it took with all tries, in milliseconds.</summary>
    public required double Milliseconds { get; init; }

    /// <summary>The tries in order; the last one made the signature, where there is one.</summary>
    public required IReadOnlyList<SessionTryStatus> Tries { get; init; }

    /// <summary>The signature; left out where it was refused.</summary>
    public SignatureStatus? Signature { get; init; }

    /// <summary>Why there is none.</summary>
    public Problem? Refusal { get; init; }

    /// <summary>The last participant's message with its D key's signature, each behind its length (32 bits); left out where none came.</summary>
    public ReadOnlyMemory<byte>? Message { get; init; }
}

/// <summary>One try: one combination of participants under an id of its own.</summary>
/// <param name="Id">The id in the participants' messages.</param>
/// <param name="Prepared">True where it was prepared before the request came.</param>
/// <param name="Participants">Who took part, in the protocol's order.</param>
/// <param name="Steps">What they were asked, in the order in which they answered.</param>
/// <param name="Mishaps">Why it failed; empty where it didn't.</param>
public sealed record SessionTryStatus(
    Hash256 Id, bool Prepared, IReadOnlyList<NodeId> Participants, IReadOnlyList<SessionStepStatus> Steps, IReadOnlyList<SessionMishapStatus> Mishaps);

/// <summary>One step of a participant.</summary>
/// <param name="Round">The round, numbered by the protocol; 0 for the opening.</param>
/// <param name="Node">Who took it.</param>
/// <param name="Milliseconds">How long it took to answer.</param>
/// <param name="Packets">SHA-256 of each packet that it sent.</param>
public sealed record SessionStepStatus(int Round, NodeId Node, double Milliseconds, IReadOnlyList<Hash256> Packets);

/// <summary>Why a try failed.</summary>
/// <param name="Round">In which round; 0 for the opening.</param>
/// <param name="Node">Who said so, or did not answer.</param>
/// <param name="Code">The refusal's code.</param>
/// <param name="Detail">One sentence.</param>
/// <param name="Culprits">The smallest set that surely contains who caused it, by what that node said; empty where nobody can be named.</param>
public sealed record SessionMishapStatus(int Round, NodeId Node, string Code, string Detail, IReadOnlyList<NodeId> Culprits);
