namespace VaultGrid.Enclave;

/// <summary>Carries out approved actions that change the enclave (all but signing). Runs under the vault's gate.</summary>
internal sealed class ApprovedActions(Standing standing, RequestCheck requests, RecordMaker records, DealImport imports, TrustSealing trusts, ShareActions shares, Action<VaultState> destroy)
{
    /// <summary>What can be checked before the gate is taken, on a snapshot: a dealt key. Null where there is nothing to check, or where <see cref="Carry"/> will say no.</summary>
    public Outcome<CheckedKey>? Check(RequestDocument document, PerformCall call, VaultState state) =>
        document.Request is DealKeyRequest deal && deal.IsFor(state.Node.Cluster) && PhaseTable.Carries(state.Phase, deal.Action) && Repetition.Find(document, state) is null
            ? imports.Check(document, deal, call, state)
            : default(Outcome<CheckedKey>?);

    /// <summary>Decides on a request: cluster, repetition, phase, then the action's own checks.</summary>
    /// <param name="document">The request.</param>
    /// <param name="call">The call.</param>
    /// <param name="key">What <see cref="Check"/> gave.</param>
    /// <param name="state">The state now.</param>
    public Outcome<Step<Performed>> Carry(RequestDocument document, PerformCall call, CheckedKey? key, VaultState state)
    {
        var request = document.Request;
        if (!request.IsFor(state.Node.Cluster))
            return new Refusal(RefusalCode.RequestCluster, $"the request is for cluster {request.Cluster}, this enclave is of {state.Node.Cluster}");
        if (call.Document.Length > EnclaveLimits.Document && request is not BootstrapTrustRequest)
            return new Refusal(RefusalCode.InputTooLarge, $"the document beside a '{request.Action}' request has at most {EnclaveLimits.Document} bytes");
        if (Repetition.Find(document, state) is { } before) return new Step<Performed>(state, before);
        if (!PhaseTable.Carries(state.Phase, request.Action)) return PhaseTable.Refused(state.Phase, $"'{request.Action}'");

        return request switch
        {
            CreateKeyRequest create => CreateKey(document, create, call, state),
            DealKeyRequest deal => imports.Import(document, deal, call, key, state),
            GenerateKeyRequest or RefreshKeyRequest or ReshareKeyRequest => new Refusal(RefusalCode.RequestAction, $"'{request.Action}' is carried out in a ceremony of several nodes"),
            RepairShareRequest or RestoreShareRequest or DeleteKeyRequest => shares.Carry(document, call, state),
            ChangePolicyRequest change => ChangePolicy(document, change, call, state),
            ChangeAdminsRequest change => ChangeAdmins(document, change, call, state),
            ChangeMembershipRequest change => ChangeMembership(document, change, call, state),
            RetireNodeRequest retire => Retire(document, retire, call, state),
            BootstrapTrustRequest bootstrap => trusts.Bootstrap(document, bootstrap, call, state),
            RestoreNodeRequest restore => Restore(document, restore, call, state),
            ClearAlarmsRequest clear => ClearAlarms(document, clear, call, state),
            _ => throw new InvalidOperationException($"The action '{request.Action}' is in no list."),
        };
    }

    private Outcome<Step<Performed>> CreateKey(RequestDocument document, CreateKeyRequest request, PerformCall call, VaultState state)
    {
        if (!standing.Member(state).Is(out _, out var refusal)) return refusal;
        if (!requests.Approved(document, call.Approvals, state.Admins!, state).Is(out _, out refusal)) return refusal;
        if (!IsThisNode(request.Node, state).Is(out _, out refusal)) return refusal;
        if (!Births.Room(request.KeyId, state).Is(out _, out refusal)) return refusal;
        if (!Births.FirstPolicy(call.Document.Span, request.FirstPolicy, request.KeyId).Is(out var policies, out refusal)) return refusal;

        var (seed, fingerprint) = RootSeed.Generate();
        var birth = new BirthRecord { KeyId = request.KeyId, Kind = request.Kind, Fingerprint = fingerprint, Policy = policies.CurrentHash, Request = document.Hash };
        var evidence = new KeyEvidence(records.Make(call, birth.ToUtf8(), state), call.Document, []);
        var key = new VaultKey(evidence, birth, policies, new Leased<SecretBytes>(seed));
        return new Step<Performed>(state with { Keys = state.Keys.With(key) }, new Performed.KeyCreated(evidence));
    }

    private Outcome<Step<Performed>> ChangePolicy(RequestDocument document, ChangePolicyRequest request, PerformCall call, VaultState state)
    {
        if (!state.Keys.Find(request.Key).Is(out var key, out var refusal)) return refusal;
        if (!standing.Member(state).Is(out _, out refusal)) return refusal;
        if (!IsForHolders(request, key).Is(out _, out refusal)) return refusal;
        if (!requests.Approved(document, call.Approvals, key.Policies, state).Is(out _, out refusal)) return refusal;
        if (!Replaces(request.Replaces, key.Policies.CurrentHash, "policy").Is(out _, out refusal)) return refusal;
        if (!Next(key.Policies, request.NextPolicy, call, key.Evidence.Changes, state).Is(out var next, out refusal)) return refusal;

        var changed = key.With(key.Evidence with { Changes = [.. key.Evidence.Changes, next.Record] }, next.Policies);
        return new Step<Performed>(state with { Keys = state.Keys.With(changed) }, new Performed.Recorded(next.Record));
    }

    private Outcome<Step<Performed>> ChangeAdmins(RequestDocument document, ChangeAdminsRequest request, PerformCall call, VaultState state)
    {
        if (!standing.Certified(state).Is(out _, out var refusal)) return refusal;
        if (!requests.Approved(document, call.Approvals, state.Admins!, state).Is(out _, out refusal)) return refusal;
        if (!Replaces(request.Replaces, state.Admins!.CurrentHash, "administrators' policy").Is(out _, out refusal)) return refusal;
        if (!Next(state.Admins, request.NextPolicy, call, state.AdminChanges, state).Is(out var next, out refusal)) return refusal;
        return new Step<Performed>(state with { Admins = next.Policies, AdminChanges = state.AdminChanges.Add(next.Record) }, new Performed.Recorded(next.Record));
    }

    private Outcome<Step<Performed>> ChangeMembership(RequestDocument document, ChangeMembershipRequest request, PerformCall call, VaultState state)
    {
        if (!standing.Certified(state).Is(out _, out var refusal)) return refusal;
        if (!requests.Approved(document, call.Approvals, state.Admins!, state).Is(out _, out refusal)) return refusal;
        if (!Memberships.Next(state, request, call.Document.Span).Is(out var membership, out refusal)) return refusal;

        var record = records.Make(call, call.Document, state);
        if (!RecordMaker.CheckRoom([.. state.Memberships, record]).Is(out _, out refusal)) return refusal;
        return new Step<Performed>(Memberships.Take(state, membership, record), new Performed.Recorded(record));
    }

    private Outcome<Step<Performed>> Retire(RequestDocument document, RetireNodeRequest request, PerformCall call, VaultState state)
    {
        if (call.Document.Length > 0) return NoDocument(request);
        if (!requests.Approved(document, call.Approvals, state.Admins!, state).Is(out _, out var refusal)) return refusal;
        if (!IsThisNode(request.Node, state).Is(out _, out refusal)) return refusal;
        if (!Replaces(request.Replaces, state.Identity!.KeyHash, "device key").Is(out _, out refusal)) return refusal;

        var next = state with
        {
            StoredPhase = EnclavePhase.Retired,
            IsHeld = false,
            Keys = KeyRing.Empty,
            WrapKeys = [],
            Chains = HeldChains.Empty,
            Identity = state.Identity.WithoutKey(),
            Moves = state.Moves.Add(new PhaseMove(document.Hash, EnclavePhase.Retired)),
        };
        return new Step<Performed>(next, new Performed.Moved(EnclavePhase.Retired), () => destroy(state));
    }

    private Outcome<Step<Performed>> Restore(RequestDocument document, RestoreNodeRequest request, PerformCall call, VaultState state)
    {
        if (call.Document.Length > 0) return NoDocument(request);
        if (!requests.Approved(document, call.Approvals, state.Admins!, state).Is(out _, out var refusal)) return refusal;
        if (!IsThisNode(request.Node, state).Is(out _, out refusal)) return refusal;
        if (!Replaces(request.Replaces, state.VersionedPart, "store").Is(out _, out refusal)) return refusal;

        var next = state with { IsHeld = false, Moves = state.Moves.Add(new PhaseMove(document.Hash, state.StoredPhase)) };
        return new Step<Performed>(next, new Performed.Moved(state.StoredPhase));
    }

    private Outcome<Step<Performed>> ClearAlarms(RequestDocument document, ClearAlarmsRequest request, PerformCall call, VaultState state)
    {
        if (call.Document.Length > 0) return NoDocument(request);
        if (!standing.Member(state).Is(out _, out var refusal)) return refusal;
        if (!requests.Approved(document, call.Approvals, state.Admins!, state).Is(out _, out refusal)) return refusal;
        if (!IsThisNode(request.Node, state).Is(out _, out refusal)) return refusal;
        if (!Replaces(request.Replaces, state.Alarms.Hash, "set of alarms").Is(out _, out refusal)) return refusal;
        if (state.Alarms.Clear(request.Key, request.Nodes, document.Hash) is not { } cleared)
            return new Refusal(RefusalCode.StateConflict, $"there is no alarm about {string.Join(", ", request.Nodes)} and this key");
        return new Step<Performed>(state with { Alarms = cleared }, new Performed.AlarmsCleared(cleared.Hash));
    }

    private Outcome<(PolicyChain Policies, ApprovedRecord Record)> Next(
        PolicyChain policies, Hash256 named, PerformCall call, IReadOnlyList<ApprovedRecord> before, VaultState state)
    {
        if (!Documents.Check(Documents.PolicyHash(call.Document.Span), named, "policy").Is(out _, out var refusal)) return refusal;
        if (!KeyPolicy.Parse(call.Document.Span).Is(out var policy, out refusal)) return refusal;
        if (!policy.CheckFollows(policies.Current).Is(out _, out refusal)) return refusal;

        var record = records.Make(call, call.Document, state);
        if (!RecordMaker.CheckRoom([.. before, record]).Is(out _, out refusal)) return refusal;
        return policies.Add(policy, record.Time).Is(out var next, out refusal) ? (next, record) : refusal;
    }

    // A policy that only some of a key's clusters took would leave the others with the old one.
    private static Outcome<Done> IsForHolders(ChangePolicyRequest request, VaultKey key)
    {
        var holders = (key.Threshold, key.Shared) switch
        {
            ({ } dealt, _) => ClusterSet.Of(dealt.Statement.Table.Clusters),
            (_, { } shared) when ClusterSet.TryCreate(shared.Holders.Select(holder => holder.Node.Cluster).Distinct().OrderBy(cluster => cluster.Number), out var several) => several,
            _ => null,
        };
        return Equals(request.Clusters, holders)
            ? default(Done)
            : new Refusal(RefusalCode.RequestCluster, $"'{key.Birth.KeyId}' is held by {(holders is null ? "one cluster" : $"clusters {holders}")}, and its policy changes in all of them");
    }

    private static Refusal NoDocument(Request request) => new(RefusalCode.InputMalformed, $"a '{request.Action}' request has no document beside it");

    private static Outcome<Done> IsThisNode(uint index, VaultState state) => index == state.Node.Index
        ? default(Done)
        : new Refusal(RefusalCode.NodeForeign, $"the request is for node {index}, this is node {state.Node.Index}");

    private static Outcome<Done> Replaces(Hash256 named, Hash256 actual, string what) => named == actual
        ? default(Done)
        : new Refusal(RefusalCode.StateConflict, $"the request replaces another {what} than the one in force");
}
