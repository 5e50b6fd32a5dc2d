using VaultGrid.Protocols;

namespace VaultGrid.Enclave;

/// <summary>
/// Whether a ceremony may be held, checked by every member for itself: places, this enclave's own, then what its kind asks for: the request and its approvals, the key, the version in
/// force and its holders.
/// </summary>
internal sealed class CeremonyGate(EnclaveClock clock, RequestCheck requests, SharedEvidenceCheck evidence)
{
    /// <summary>Checks a plan.</summary>
    /// <param name="call">The call that opens it.</param>
    /// <param name="isApproved">True where request and approvals were found good before, and written into the ceremony's journal.</param>
    /// <param name="state">What is known.</param>
    public Outcome<CeremonyOpening> Check(OpenCeremonyCall call, bool isApproved, VaultState state)
    {
        if (!CeremonyPlan.Parse(call.Plan.Span).Is(out var plan, out var refusal)) return refusal;
        if (!Places(plan, state).Is(out var place, out refusal)) return refusal;
        return plan.Kind switch
        {
            CeremonyKind.Generate => Generate(plan, place, call, isApproved, state),
            CeremonyKind.Refresh => Refresh(plan, place, call, isApproved, state),
            CeremonyKind.Reshare => Reshare(plan, place, call, isApproved, state),
            CeremonyKind.Repair => Repair(plan, place, call, state),
            _ => throw new InvalidOperationException("An unlisted kind of ceremony."),
        };
    }

    /// <summary>True where a key's policy asks for new shares now.</summary>
    public bool IsDue(VaultKey key) => key is { Shared: { } part, Policies.Current.Refresh: { } every } && clock.Now >= part.Since + every;

    /// <summary>This enclave's place in a plan whose places are what they should be.</summary>
    public static Outcome<byte> Places(CeremonyPlan plan, VaultState state)
    {
        var nodes = plan.Members.Select(member => member.Node).ToArray();
        if (nodes.Distinct().Count() != nodes.Length) return Mismatch("a node stands twice among the members");
        if (!AreOf(plan.Dealers, nodes.Length) || !AreOf(plan.Receivers, nodes.Length)) return Mismatch("a place is none, or stands twice");
        var place = Array.IndexOf(nodes, state.Node);
        if (place < 0) return Mismatch($"this enclave, {state.Node}, is not in it");
        if (!plan.Dealers.Contains((byte)place) && !plan.Receivers.Contains((byte)place)) return Mismatch("this enclave neither deals nor receives");
        return plan.Members[place].Device == state.Identity!.KeyHash ? (byte)place : Mismatch($"the plan means another device than this one of {state.Node}");
    }

    private static bool AreOf(IReadOnlyList<byte> places, int members) => places.Count > 0 && places.All(place => place < members) && places.Distinct().Count() == places.Count;

    private Outcome<CeremonyOpening> Generate(CeremonyPlan plan, byte place, OpenCeremonyCall call, bool isApproved, VaultState state)
    {
        if (!RequestDocument.Parse(call.Request.Span).Is(out var document, out var refusal)) return refusal;
        if (document.Request is not GenerateKeyRequest request) return Action(document);
        if (!Approved(plan, document, call, isApproved, state).Is(out _, out refusal)) return refusal;
        var everybody = Enumerable.Range(0, plan.Members.Count).Select(i => (byte)i);
        if (plan.Key != default || plan.Version != default || !plan.Members.Select(member => member.Node).SequenceEqual(request.Holders.Nodes)
            || !plan.Dealers.SequenceEqual(everybody) || !plan.Receivers.SequenceEqual(everybody) || plan.Faulty != request.Holders.Faulty)
            return Mismatch("its members are not the nodes of the request, in their order");
        if (!Births.Room(request.KeyId, state).Is(out _, out refusal)) return refusal;
        if (!Births.FirstPolicy(call.Document.Span, request.FirstPolicy, request.KeyId).Is(out var policies, out refusal)) return refusal;
        return new CeremonyOpening(plan, place, request.Kind, null, null, null, policies, null, document);
    }

    private Outcome<CeremonyOpening> Refresh(CeremonyPlan plan, byte place, OpenCeremonyCall call, bool isApproved, VaultState state)
    {
        if (!InForce(plan, state).Is(out var key, out var refusal)) return refusal;
        var part = key.Shared!;
        var everybody = Enumerable.Range(0, plan.Members.Count).Select(i => (byte)i);
        if (!plan.Members.SequenceEqual(part.Holders) || !plan.Dealers.SequenceEqual(everybody) || !plan.Receivers.SequenceEqual(everybody) || plan.Faulty != part.Key.Parameters.Faulty)
            return Mismatch("its members are not the holders of the key, in their order");
        if (part.State != ShareState.Held) return NoShare(key);
        if (call.Request.IsEmpty)
        {
            if (plan.Request != default) return Mismatch("it names a request that didn't come");
            return isApproved || IsDue(key)
                ? new CeremonyOpening(plan, place, key.Birth.Kind, key, key.Birth, null, key.Policies, part.Key, null)
                : new Refusal(RefusalCode.StateConflict, $"the shares of '{key.Birth.KeyId}' are not due for a refresh: administrators may approve one");
        }

        if (!RequestDocument.Parse(call.Request.Span).Is(out var document, out refusal)) return refusal;
        if (document.Request is not RefreshKeyRequest request) return Action(document);
        if (!Approved(plan, document, call, isApproved, state).Is(out _, out refusal)) return refusal;
        return request.Key == key.Hash && request.Replaces == part.VersionHash
            ? new CeremonyOpening(plan, place, key.Birth.Kind, key, key.Birth, null, key.Policies, part.Key, document)
            : Replaces(key);
    }

    private Outcome<CeremonyOpening> Reshare(CeremonyPlan plan, byte place, OpenCeremonyCall call, bool isApproved, VaultState state)
    {
        if (!RequestDocument.Parse(call.Request.Span).Is(out var document, out var refusal)) return refusal;
        if (document.Request is not ReshareKeyRequest request) return Action(document);
        if (!Approved(plan, document, call, isApproved, state).Is(out _, out refusal)) return refusal;
        if (!Known(plan, call, state).Is(out var known, out refusal)) return refusal;
        if (request.Key != plan.Key || request.Replaces != plan.Version) return Mismatch("the request is for another key, or replaces another version");

        // Old holders first, in the order of their shares, then who is new; a node with another device than it had is new.
        var old = known.Holders;
        if (!plan.Members.Take(old.Count).SequenceEqual(old) || !plan.Dealers.SequenceEqual(Enumerable.Range(0, old.Count).Select(i => (byte)i)))
            return Mismatch("its dealers are not the holders of the key, in their order");
        if (!plan.Receivers.Select(receiver => plan.Members[receiver].Node).SequenceEqual(request.Holders.Nodes) || plan.Faulty != request.Holders.Faulty
            || plan.Members.Count != old.Count + plan.Receivers.Count(receiver => receiver >= old.Count))
            return Mismatch("its receivers are not the nodes of the request, in their order");
        if (place < old.Count && known.Key?.Shared is not { State: ShareState.Held } && !plan.Receivers.Contains(place)) return NoShare(known.Key!);
        return new CeremonyOpening(plan, place, known.Birth.Kind, known.Key, known.Birth, known.Evidence, known.Policies, known.Current, document);
    }

    private static Outcome<CeremonyOpening> Repair(CeremonyPlan plan, byte place, OpenCeremonyCall call, VaultState state)
    {
        if (!InForce(plan, state).Is(out var key, out var refusal)) return refusal;
        var part = key.Shared!;
        if (!call.Request.IsEmpty) return Mismatch("a repair needs no request");
        if (!RepairSubject.Fits(plan, part.Key, part.Holders).Is(out _, out refusal)) return refusal;
        if (place == 0 ? part.State != ShareState.Missing : part.State != ShareState.Held) return NoShare(key);
        return new CeremonyOpening(plan, place, key.Birth.Kind, key, key.Birth, null, key.Policies, part.Key, null);
    }

    private Outcome<Done> Approved(CeremonyPlan plan, RequestDocument document, OpenCeremonyCall call, bool isApproved, VaultState state)
    {
        if (plan.Request != document.Hash) return Mismatch("it is for another request");
        if (!document.Request.IsFor(state.Node.Cluster))
            return new Refusal(RefusalCode.RequestCluster, $"the request is for cluster {document.Request.Cluster}, this enclave is of {state.Node.Cluster}");
        return isApproved ? default(Done) : requests.Approved(document, call.Approvals, state.Admins!, state);
    }

    private static Outcome<VaultKey> InForce(CeremonyPlan plan, VaultState state)
    {
        if (!state.Keys.Find(plan.Key).Is(out var key, out var refusal)) return refusal;
        if (key.Shared is not { State: not ShareState.Deleted } part) return new Refusal(RefusalCode.KeyUnknown, $"'{key.Birth.KeyId}' is no shared key, or was deleted");
        return plan.Version == part.VersionHash ? key : Replaces(key);
    }

    // The key as it stands here, or as it came with the call to a node that is to be a holder.
    private Outcome<KnownKey> Known(CeremonyPlan plan, OpenCeremonyCall call, VaultState state)
    {
        if (state.Keys.Find(plan.Key).Refusal is null)
        {
            if (!InForce(plan, state).Is(out var key, out var refused)) return refused;
            return new KnownKey(key, key.Birth, null, key.Policies, key.Shared!.Key, key.Shared.Holders);
        }

        var reader = new WireReader(call.Document.Span);
        var (brought, version) = (KeyEvidence.Read(ref reader), CertifiedVersion.Read(ref reader));
        if (!reader.End("what comes to a new holder", out var refusal)) return refusal;
        if (!evidence.Verify(brought, state).Is(out var verified, out refusal)) return refusal;
        if (verified.Birth.Hash() != plan.Key || version.Version.Hash() != plan.Version) return Mismatch("another key or version came than the plan names");
        if (!Births.Room(verified.Birth.KeyId, state).Is(out _, out refusal)) return refusal;
        return evidence.Verify(version, verified.Birth, state).Is(out var current, out refusal)
            ? new KnownKey(null, verified.Birth, brought, verified.Policies, current, version.Version.Holders)
            : refusal;
    }

    private static Refusal Action(RequestDocument document) => new(RefusalCode.RequestAction, $"this kind of ceremony does not carry out '{document.Request.Action}'");

    private static Refusal Replaces(VaultKey key) =>
        new(RefusalCode.StateConflict, $"the ceremony is for another version of '{key.Birth.KeyId}' than number {key.Shared!.Number}, which is in force here");

    private static Refusal NoShare(VaultKey key) => new(RefusalCode.StateConflict, $"what this enclave has of '{key.Birth.KeyId}' does not fit its part in the ceremony");

    private static Refusal Mismatch(string why) => new(RefusalCode.SessionMismatch, $"the ceremony's plan does not fit: {why}");

    private sealed record KnownKey(
        VaultKey? Key, BirthRecord Birth, KeyEvidence? Evidence, PolicyChain Policies, SharedKey Current, IReadOnlyList<KeyHolder> Holders);
}
