using VaultGrid.Protocols;

namespace VaultGrid.Enclave;

/// <summary>
/// Puts versions in force: the one place where a share of a shared key enters the store, and where an older one leaves it. The store has the new one, durably, before the old one
/// is destroyed; sessions and nonces of the old one end with it.
/// </summary>
internal sealed class ShareKeeper(SealedVault vault, Action<Hash256> endSessions)
{
    /// <summary>A version came into force, with this enclave's share of it.</summary>
    /// <param name="opening">The ceremony that made it.</param>
    /// <param name="birth">The key's birth record.</param>
    /// <param name="certified">The version and its votes, verified.</param>
    /// <param name="share">The share; stays the caller's.</param>
    /// <param name="openedAt">When the ceremony was opened here: as of then its request was approved.</param>
    /// <param name="call">The call that opened it.</param>
    public Outcome<KeyEvidence> Take(CeremonyOpening opening, BirthRecord birth, CertifiedVersion certified, KeyShare share, DateTimeOffset openedAt, OpenCeremonyCall call) =>
        vault.Change<KeyEvidence>(state =>
        {
            var part = SharedPart.Of(certified, share.Key, birth.Kind, Self(state), share.Clone(), vault.Clock.NowInSeconds, []);
            var name = $"{birth.KeyId} version {certified.Version.Number}";
            if (opening.Plan.Kind != CeremonyKind.Generate)
            {
                if (state.Keys.Find(opening.Plan.Key).Is(out var known, out var refusal)) return Replace(known, part, state, name);
                if (opening.Evidence is not { } brought) return refusal;
                if (!Births.Room(birth.KeyId, state).Is(out _, out refusal)) return refusal;
                return Step(new VaultKey(brought, birth, opening.Policies, part), state, null, name);
            }

            if (!Births.Room(birth.KeyId, state).Is(out _, out var taken))
            {
                part.Close();
                return taken;
            }

            var document = birth.ToUtf8();
            var signature = state.Identity!.Key!.Sign(ApprovedRecord.Statement(call.Request.Span, document, openedAt));
            var record = new ApprovedRecord(call.Request, call.Approvals, document, openedAt, state.Certificate!.Der, signature);
            return Step(new VaultKey(new KeyEvidence(record, call.Document, []), birth, opening.Policies, part), state, null, name);
        });

    /// <summary>A version came into force that this enclave took no share of: its older share is destroyed, and its own is to be repaired, or it is no holder any more.</summary>
    public Outcome<Done> Learn(VaultKey key, CertifiedVersion certified, SharedKey version) => vault.Change<Done>(state =>
    {
        if (!state.Keys.Find(key.Hash).Is(out var known, out var refusal)) return refusal;
        if (known.Shared!.VersionHash != key.Shared!.VersionHash) return new Refusal(RefusalCode.StateConflict, "another version came into force meanwhile");
        var part = SharedPart.Of(certified, version, key.Birth.Kind, Self(state), null, vault.Clock.NowInSeconds, []);
        return Replace(known, part, state, $"{key.Birth.KeyId} version {certified.Version.Number} learned").Is(out var step, out refusal)
            ? new Step<Done>(step.Next, default, step.After, step.Note)
            : refusal;
    });

    /// <summary>A key that this enclave is a holder of, but missed the birth or sharing of.</summary>
    public Outcome<Done> Add(KeyEvidence evidence, BirthRecord birth, PolicyChain policies, CertifiedVersion certified, SharedKey version) => vault.Change<Done>(state =>
    {
        if (!Births.Room(birth.KeyId, state).Is(out _, out var refusal)) return refusal;
        var part = SharedPart.Of(certified, version, birth.Kind, Self(state), null, vault.Clock.NowInSeconds, []);
        var step = Step(new VaultKey(evidence, birth, policies, part), state, null, $"{birth.KeyId} version {certified.Version.Number} learned");
        return new Step<Done>(step.Next, default, null, step.Note);
    });

    /// <summary>The share of the version in force was repaired.</summary>
    public Outcome<Done> Repaired(Hash256 key, KeyShare share) => vault.Change<Done>(state =>
    {
        if (!state.Keys.Find(key).Is(out var known, out var refusal)) return refusal;
        if (known.Shared is not { State: ShareState.Missing } part || !part.Key.Equals(share.Key))
            return new Refusal(RefusalCode.StateConflict, "another version came into force while the share was repaired");
        var next = known.With(part.WithShare(share.Clone(), known.Birth.Kind, null));
        return new Step<Done>(state with { Keys = state.Keys.With(next) }, default, Note: new AuditNote(RepairAction) { Key = key, Subject = $"{known.Birth.KeyId} version {part.Number}" });
    });

    /// <summary>What the audit log calls a version that came into force.</summary>
    public const string VersionAction = "share.version";

    /// <summary>What the audit log calls a share that was repaired.</summary>
    public const string RepairAction = "share.repair";

    private static KeyHolder Self(VaultState state) => new(state.Node, state.Identity!.KeyHash);

    private Outcome<Step<KeyEvidence>> Replace(VaultKey known, SharedPart part, VaultState state, string name)
    {
        if (known.Shared is { State: not ShareState.Deleted } old && old.VersionHash == part.Certified.Version.Previous) return Step(known.With(part), state, old, name);
        part.Close();
        return new Refusal(RefusalCode.StateConflict, $"the version does not follow the one of '{known.Birth.KeyId}' that is in force here");
    }

    private Step<KeyEvidence> Step(VaultKey key, VaultState state, SharedPart? old, string name) => new(
        state with { Keys = state.Keys.With(key) },
        key.Evidence,
        () =>
        {
            // Of a new key there are no sessions to be looked for among thousands.
            if (old is null) return;
            old.Close();
            endSessions(key.Hash);
        },
        new AuditNote(VersionAction) { Key = key.Hash, Subject = name });
}
