namespace VaultGrid.Enclave;

/// <summary>What is asked about versions and shares of a shared key, and versions that were missed.</summary>
internal sealed class ShareUse(EnclaveClock clock, Standing standing, RequestCheck requests, CeremonyGate ceremonies, SharedEvidenceCheck evidence, ShareKeeper keeper, CeremonyTable table)
{
    /// <summary>The statement about this enclave's share.</summary>
    public Outcome<SignedStatement> Describe(DescribeShareCall call, VaultState state)
    {
        if (!standing.Member(state).Is(out _, out var refusal)) return refusal;
        if (!state.Keys.Find(call.Key).Is(out var key, out refusal)) return refusal;
        if (key.Shared is not { } part) return new Refusal(RefusalCode.KeyUnknown, $"'{key.Birth.KeyId}' is no shared key");
        var statement = new ShareStatement(state.Node, clock.NowInSeconds, part.Certified, part.Share, part.State, part.State != ShareState.Deleted && ceremonies.IsDue(key)).ToBytes();
        return new SignedStatement(statement, state.Certificate!.Der, state.Identity!.Key!.Sign(statement));
    }

    /// <summary>A version that has its certificate.</summary>
    public Outcome<Done> Learn(LearnVersionCall call, VaultState state)
    {
        if (!standing.Member(state).Is(out _, out var refusal)) return refusal;
        var version = call.Certified.Version;
        if (!state.Keys.Find(version.Key).Is(out var key, out refusal)) return call.Evidence is { } brought ? Add(call, brought, state) : refusal;
        if (key.Shared is not { State: not ShareState.Deleted } part) return new Refusal(RefusalCode.KeyUnknown, $"'{key.Birth.KeyId}' is no shared key, or was deleted");
        if (version.Number <= part.Number) return default(Done);
        if (version.Number != part.Number + 1 || version.Previous != part.VersionHash)
            return new Refusal(RefusalCode.StateStale, $"version {version.Number} does not follow version {part.Number} of '{key.Birth.KeyId}': those in between come first");
        if (!evidence.Verify(call.Certified, key.Birth, state).Is(out var shared, out refusal)) return refusal;
        if (!SameHolders(version, part) && !Approved(call, key, part, state).Is(out _, out refusal)) return refusal;
        if (!keeper.Learn(key, call.Certified, shared).Is(out _, out refusal)) return refusal;
        table.EndOf(key.Hash);
        return default(Done);
    }

    private Outcome<Done> Add(LearnVersionCall call, KeyEvidence brought, VaultState state)
    {
        if (!evidence.Verify(brought, state).Is(out var verified, out var refusal)) return refusal;
        if (!evidence.Verify(call.Certified, verified.Birth, state).Is(out var shared, out refusal)) return refusal;
        return keeper.Add(brought, verified.Birth, verified.Policies, call.Certified, shared);
    }

    private static bool SameHolders(KeyVersion version, SharedPart part) => version.Faulty == part.Key.Parameters.Faulty && version.Holders.SequenceEqual(part.Holders);

    // Other holders than those here are what administrators approved; whoever dealt has checked that, whoever wasn't there checks it now.
    private Outcome<Done> Approved(LearnVersionCall call, VaultKey key, SharedPart part, VaultState state)
    {
        if (!RequestDocument.Parse(call.Request.Span).Is(out var document, out var refusal)) return refusal;
        if (document.Request is not ReshareKeyRequest request || request.Key != key.Hash || request.Replaces != part.VersionHash || request.Holders.Faulty != call.Certified.Version.Faulty
            || !request.Holders.Nodes.SequenceEqual(call.Certified.Version.Holders.Select(holder => holder.Node)))
            return new Refusal(RefusalCode.SessionMismatch, "the version has other holders than the one in force, and the request for that didn't come");
        return requests.Quorum(document, call.Approvals, state.Admins!, state);
    }
}
