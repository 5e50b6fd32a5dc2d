namespace VaultGrid.Enclave;

/// <summary>What administrators approve about shares, besides ceremonies: another device for a holder, the deletion of a key. Runs under the vault's gate.</summary>
internal sealed class ShareActions(Standing standing, RequestCheck requests, RecordMaker records, ShareRestoring restoring, Action<Hash256> endSessions)
{
    /// <summary>Carries an action out; the same request again is answered with the record of then.</summary>
    public Outcome<Step<Performed>> Carry(RequestDocument document, PerformCall call, VaultState state) => document.Request switch
    {
        RepairShareRequest request => Replace(document, request, call, state),
        RestoreShareRequest request => Restore(document, request, call, state),
        DeleteKeyRequest request => Delete(document, request, call, state),
        _ => throw new InvalidOperationException($"The action '{document.Request.Action}' is none about shares."),
    };

    private Outcome<Step<Performed>> Replace(RequestDocument document, RepairShareRequest request, PerformCall call, VaultState state)
    {
        if (!Approved(document, request.Key, call, state).Is(out var key, out var refusal)) return refusal;
        if (call.Document.Length > 0) return NoDocument(request);
        var holder = key.Shared!.Holders.FirstOrDefault(holder => holder.Node == request.Node);
        if (holder is null) return new Refusal(RefusalCode.NodeForeign, $"{request.Node} holds no share of '{key.Birth.KeyId}'");
        if (holder.Device != request.Replaces) return new Refusal(RefusalCode.StateConflict, $"the request replaces another device of {request.Node} than the one that holds the share");
        if (request.Node == state.Node && state.Identity!.KeyHash != request.Device) return new Refusal(RefusalCode.NodeForeign, "the request means another device than this one");
        var record = records.Make(call, default, state);
        var next = key.With(key.Shared.WithDevice(new KeyHolder(request.Node, request.Device), state.Node, record));
        return new Step<Performed>(state with { Keys = state.Keys.With(next) }, new Performed.Recorded(record), () => endSessions(key.Hash));
    }

    private Outcome<Step<Performed>> Delete(RequestDocument document, DeleteKeyRequest request, PerformCall call, VaultState state)
    {
        if (!Approved(document, request.Key, call, state).Is(out var key, out var refusal)) return refusal;
        if (call.Document.Length > 0) return NoDocument(request);
        if (request.Replaces != key.Policies.CurrentHash) return new Refusal(RefusalCode.StateConflict, "the request names another policy than the one in force");
        var (part, record) = (key.Shared!, records.Make(call, default, state));
        return new Step<Performed>(state with { Keys = state.Keys.With(key.With(part.Deleted(record))) }, new Performed.Recorded(record), () =>
        {
            part.Close();
            endSessions(key.Hash);
        });
    }

    private Outcome<Step<Performed>> Restore(RequestDocument document, RestoreShareRequest request, PerformCall call, VaultState state)
    {
        if (!Approved(document, request.Key, call, state).Is(out var key, out var refusal)) return refusal;
        if (request.Node != state.Node) return new Refusal(RefusalCode.NodeForeign, $"the request is for {request.Node}, this is {state.Node}");
        if (request.Replaces != key.Shared!.VersionHash) return new Refusal(RefusalCode.StateConflict, "a share is restored of the version in force, and the request names another");
        if (key.Shared.State != ShareState.Missing) return new Refusal(RefusalCode.StateConflict, "this enclave misses no share of the key");
        if (!restoring.Open(request, call.Document.Span, key, state).Is(out var share, out refusal)) return refusal;
        var record = records.Make(call, default, state);
        return new Step<Performed>(state with { Keys = state.Keys.With(key.With(key.Shared.WithShare(share, key.Birth.Kind, record))) }, new Performed.Recorded(record));
    }

    private Outcome<VaultKey> Approved(RequestDocument document, Hash256 name, PerformCall call, VaultState state)
    {
        if (!standing.Member(state).Is(out _, out var refusal)) return refusal;
        if (!requests.Approved(document, call.Approvals, state.Admins!, state).Is(out _, out refusal)) return refusal;
        if (!state.Keys.Find(name).Is(out var key, out refusal)) return refusal;
        return key.Shared is { State: not ShareState.Deleted } ? key : new Refusal(RefusalCode.KeyUnknown, $"'{key.Birth.KeyId}' is no shared key, or was deleted");
    }

    private static Refusal NoDocument(Request request) => new(RefusalCode.InputMalformed, $"a '{request.Action}' request has no document beside it");
}
