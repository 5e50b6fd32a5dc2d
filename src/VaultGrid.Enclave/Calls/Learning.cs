namespace VaultGrid.Enclave;

/// <summary>Takes approved records that other nodes carried out: all of a call or none. What is known is skipped. Runs under the vault's gate.</summary>
internal sealed class Learning(RecordCheck records, EvidenceCheck evidence)
{
    /// <summary>Everything that this enclave could teach.</summary>
    public static List<ApprovedRecord> Known(VaultState state) =>
        [.. state.AdminChanges, .. state.Memberships, .. state.Keys.All.SelectMany(key => key.Evidence.Changes)];

    /// <summary>Takes records.</summary>
    public Outcome<Step<Done>> Learn(LearnCall call, VaultState state)
    {
        var next = state;
        foreach (var record in call.Records)
        {
            if (!Learn(record, next).Is(out next, out var refusal)) return refusal;
        }

        return new Step<Done>(next, default);
    }

    private Outcome<VaultState> Learn(ApprovedRecord record, VaultState state)
    {
        if (!RecordCheck.Read(record, state).Is(out var document, out var refusal)) return refusal;
        return document.Request switch
        {
            ChangeAdminsRequest request => Admins(record, document, request, state),
            ChangeMembershipRequest request => Membership(record, document, request, state),
            ChangePolicyRequest request => Policy(record, request, state),
            _ => new Refusal(RefusalCode.RequestAction, $"a record of '{document.Request.Action}' can't be learned"),
        };
    }

    private Outcome<VaultState> Admins(ApprovedRecord record, RequestDocument document, ChangeAdminsRequest request, VaultState state)
    {
        var admins = state.Admins!;
        var hash = Documents.PolicyHash(record.Document.Span);
        if (admins.Knows(hash)) return state;
        if (request.Replaces != admins.CurrentHash || request.Policy != request.Replaces)
            return new Refusal(RefusalCode.StateConflict, $"a record replaces another administrators' policy than number {admins.Current.Number}");
        if (!Documents.Check(hash, request.NextPolicy, "policy").Is(out _, out var refusal)) return refusal;
        if (!records.Verify(record, document, admins, state).Is(out _, out refusal)) return refusal;
        if (!KeyPolicy.Parse(record.Document.Span).Then(policy => admins.Add(policy, record.Time)).Is(out var next, out refusal)) return refusal;
        return state with { Admins = next, AdminChanges = state.AdminChanges.Add(record) };
    }

    private Outcome<VaultState> Membership(ApprovedRecord record, RequestDocument document, ChangeMembershipRequest request, VaultState state)
    {
        var hash = Documents.MembershipHash(record.Document.Span);
        if (state.Memberships.Any(known => Documents.MembershipHash(known.Document.Span) == hash)) return state;
        if (!Memberships.Next(state, request, record.Document.Span).Is(out var membership, out var refusal)) return refusal;
        return records.Verify(record, document, state.Admins!, state).Is(out _, out refusal) ? Memberships.Take(state, membership, record) : refusal;
    }

    private Outcome<VaultState> Policy(ApprovedRecord record, ChangePolicyRequest request, VaultState state)
    {
        // A key that isn't here comes with all its policies when it comes.
        if (!state.Keys.Find(request.Key).Is(out var key, out _) || key.Policies.Knows(Documents.PolicyHash(record.Document.Span))) return state;
        if (!evidence.Change(record, key.Birth, key.Policies, state).Is(out var policies, out var refusal)) return refusal;
        return state with { Keys = state.Keys.With(key.With(key.Evidence with { Changes = [.. key.Evidence.Changes, record] }, policies)) };
    }
}
