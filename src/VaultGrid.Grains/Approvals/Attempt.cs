using VaultGrid.Enclave.Contracts;
using VaultGrid.Grains.Clusters;
using VaultGrid.Grains.Keys;

namespace VaultGrid.Grains.Approvals;

/// <summary>What came of having a request carried out once.</summary>
/// <param name="Outcome">Done, or why not.</param>
/// <param name="Parts">How far each cluster has come, where each does a part of its own.</param>
/// <param name="Session">The session that was held for it, if one was.</param>
internal sealed record Attempt(Outcome<Carried> Outcome, ImmutableArray<ClusterPart> Parts, Hash256? Session = null)
{
    /// <summary>The ceremony that was held for it, if one was.</summary>
    public Hash256? Ceremony { get; init; }

    /// <summary>One node's attempt.</summary>
    public static Attempt Of(Outcome<Served<Performed>> outcome, Request request) => new(outcome.Then<Carried>(served => Carried.By(served, request)), []);
}

/// <summary>A request that was carried out.</summary>
/// <param name="Node">The node that did; the last participant of a session, the first cluster's node where each cluster did its part.</param>
/// <param name="Signature">The signature, where it asked for one.</param>
/// <param name="Key">The key that it made or changed.</param>
internal sealed record Carried(NodeId Node, SignatureReport? Signature, Hash256? Key)
{
    /// <summary>The signature of a shared key, where it asked for one.</summary>
    public MessageSignatureReport? Message { get; init; }

    /// <summary>The ceremony that did it, where one did.</summary>
    public Hash256? Ceremony { get; init; }

    /// <summary>By one node.</summary>
    public static Carried By(Served<Performed> served, Request request) => served.Value switch
    {
        Performed.Signed signed => new(
            served.Node, SignatureReports.Of(signed.Signature, ((SignRequest)request).Path.ToString(), served.Node), ((SignRequest)request).Key),
        Performed.KeyCreated created => new(served.Node, null, Hash256.Of("birth-record", created.Evidence.Birth.Document.Span)),
        Performed.Recorded => new(served.Node, null, (request as ChangePolicyRequest)?.Key),
        Performed.Moved or Performed.TrustSealed => new(served.Node, null, null),
        Performed.AlarmsCleared => new(served.Node, null, ((ClearAlarmsRequest)request).Key),
        _ => throw new InvalidOperationException("An unlisted result."),
    };
}
