namespace VaultGrid.Enclave;

/// <summary>Takes a cluster's part of a dealt key: the wrap key, then the approved import (protocols §2 and §4). Under the vault's gate, but for <see cref="Check"/>.</summary>
internal sealed class DealImport(EnclaveClock clock, Standing standing, RequestCheck requests, RecordMaker records)
{
    /// <summary>The wrap key for a name: made once, the same until the import.</summary>
    public Outcome<Step<SignedStatement>> Wrap(WrapKeyCall call, VaultState state)
    {
        if (!standing.Member(state).Is(out _, out var refusal)) return refusal;
        if (!Births.Room(call.KeyId, state).Is(out _, out refusal)) return refusal;
        if (Find(call.KeyId, state) is { } waiting) return new Step<SignedStatement>(state, Signed(waiting, state));
        if (state.WrapKeys.Length >= EnclaveLimits.WrapKeys)
            return new Refusal(RefusalCode.EnclaveBusy, $"{EnclaveLimits.WrapKeys} wrap keys wait for their dealers");

        using var key = P256AgreementKey.Generate();
        var statement = new WrapKeyStatement(state.Node, call.KeyId, key.PublicKey.Bytes.ToArray(), clock.NowInSeconds);
        var made = new WrapKey(statement, new Leased<SecretBytes>(key.Export()));
        return new Step<SignedStatement>(state with { WrapKeys = state.WrapKeys.Add(made) }, Signed(made, state));
    }

    /// <summary>
    /// All of an import that takes time, on a snapshot and outside the vault's gate: approvals, documents, the sealed part, every proof. Half a second.
    /// </summary>
    /// <returns>The key, ready to be taken; or the refusal.</returns>
    public Outcome<CheckedKey> Check(RequestDocument document, DealKeyRequest request, PerformCall call, VaultState state)
    {
        if (!Admitted(document, request, call, state).Is(out _, out var refusal)) return refusal;
        if (!DealDocument.Parse(call.Document.Span).Is(out var deal, out refusal)) return refusal;
        if (!Births.FirstPolicy(deal.FirstPolicy.Span, request.FirstPolicy, request.KeyId).Is(out var policies, out refusal)) return refusal;
        if (!Documents.Check(DealManifest.HashOf(deal.Manifest.Span), request.Manifest, "manifest").Is(out _, out refusal)) return refusal;
        if (!ThresholdPart.PublicFingerprint(deal.Manifest.Span).Is(out var fingerprint, out refusal)) return refusal;
        if (!Part(deal, request, state).Is(out var part, out refusal)) return refusal;

        SecretBytes stored;
        using (part) stored = ThresholdPart.Pack(deal.Manifest.Span, part);
        var birth = new BirthRecord { KeyId = request.KeyId, Kind = request.Kind, Fingerprint = fingerprint, Policy = policies.CurrentHash, Request = document.Hash };
        var evidence = new KeyEvidence(records.Make(call, birth.ToUtf8(), state), deal.FirstPolicy, []);
        return VaultKey.Open(evidence, birth, policies, stored, state.Node.Cluster).Then<CheckedKey>(key => new CheckedKey(key));
    }

    /// <summary>The approved import, under the gate: what may have changed since the key was checked is looked at again.</summary>
    /// <param name="document">The request.</param>
    /// <param name="request">The same, read.</param>
    /// <param name="call">The call.</param>
    /// <param name="key">What <see cref="Check"/> gave; null where the snapshot of then did not ask for it.</param>
    /// <param name="state">The state now.</param>
    public Outcome<Step<Performed>> Import(RequestDocument document, DealKeyRequest request, PerformCall call, CheckedKey? key, VaultState state)
    {
        if (!Admitted(document, request, call, state).Is(out _, out var refusal)) return refusal;
        if (key is null) return new Refusal(RefusalCode.EnclaveBusy, "the enclave's state moved while the import was checked; try again");
        if (Find(request.KeyId, state) is not { } spent) return Spent(request);

        var next = state with { Keys = state.Keys.With(key.Take()), WrapKeys = state.WrapKeys.Remove(spent) };
        return new Step<Performed>(next, new Performed.KeyCreated(key.Value.Evidence), spent.Scalar.Close);
    }

    private Outcome<Done> Admitted(RequestDocument document, DealKeyRequest request, PerformCall call, VaultState state)
    {
        if (!standing.Member(state).Is(out _, out var refusal)) return refusal;
        if (!requests.Approved(document, call.Approvals, state.Admins!, state).Is(out _, out refusal)) return refusal;
        return Births.Room(request.KeyId, state);
    }

    private static Refusal Spent(DealKeyRequest request) =>
        new(RefusalCode.StateConflict, $"the part is wrapped for a wrap key that this enclave doesn't have, or has used: deal '{request.KeyId}' anew");

    private static WrapKey? Find(KeyId keyId, VaultState state) => state.WrapKeys.FirstOrDefault(wrap => wrap.Statement.KeyId == keyId);

    private static SignedStatement Signed(WrapKey wrap, VaultState state)
    {
        var statement = wrap.Statement.ToBytes();
        return new SignedStatement(statement, state.Certificate!.Der, state.Identity!.Key!.Sign(statement));
    }

    // T and P, as the dealer sealed them to this node's wrap key under this manifest.
    private static Outcome<SecretBytes> Part(DealDocument deal, DealKeyRequest request, VaultState state)
    {
        if (!DealManifest.Parse(deal.Manifest.Span).Is(out var manifest, out var refusal)) return refusal;
        if (manifest.RecipientIn(state.Node.Cluster) is not { } recipient)
            return new Refusal(RefusalCode.RequestCluster, $"the manifest has no part for cluster {state.Node.Cluster}");
        if (recipient.Node != state.Node) return new Refusal(RefusalCode.NodeForeign, $"the part of cluster {state.Node.Cluster} is wrapped for {recipient.Node}, this is {state.Node}");
        if (Find(request.KeyId, state) is not { } wrap || wrap.Statement.Hash() != recipient.WrapKey || !wrap.Scalar.TryTake(out var scalar))
            return Spent(request);

        using (scalar)
        {
            if (!P256AgreementKey.Import(scalar.Value).Is(out var key, out refusal)) return refusal;
            using (key)
            {
                var header = DealManifest.WrapHeader(request.Manifest, state.Node);
                return SealedBox.Open(key, header, header, deal.Wrap.Span);
            }
        }
    }
}
