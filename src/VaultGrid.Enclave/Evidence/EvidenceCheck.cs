namespace VaultGrid.Enclave;

/// <summary>Verifies a key's evidence under the own pins: its birth and every policy since (protocols §2).</summary>
internal sealed class EvidenceCheck(RecordCheck records)
{
    /// <summary>Verifies all of it.</summary>
    /// <returns>The birth record and the chain of policies.</returns>
    public Outcome<(BirthRecord Birth, PolicyChain Policies)> Verify(KeyEvidence evidence, VaultState state)
    {
        if (!Birth(evidence, state).Is(out var birth, out var refusal)) return refusal;
        if (!KeyPolicy.Parse(evidence.FirstPolicy.Span).Then(PolicyChain.Start).Is(out var policies, out refusal)) return refusal;
        if (policies.CurrentHash != birth.Policy || policies.Current.KeyId != birth.KeyId)
            return Mismatch("the first policy isn't the one that the birth record names");

        foreach (var change in evidence.Changes)
        {
            if (!Change(change, birth, policies, state).Is(out policies, out refusal)) return refusal;
        }

        return (birth, policies);
    }

    /// <summary>Verifies one more policy of a key.</summary>
    /// <returns>The chain with it.</returns>
    public Outcome<PolicyChain> Change(ApprovedRecord change, BirthRecord birth, PolicyChain policies, VaultState state)
    {
        if (!RecordCheck.Read(change, state).Is(out var document, out var refusal)) return refusal;
        if (document.Request is not ChangePolicyRequest request || request.Key != birth.Hash()) return Mismatch("a record of another action stands among the policies");
        if (request.Replaces != policies.CurrentHash || request.Policy != request.Replaces)
            return new Refusal(RefusalCode.StateConflict, $"a record replaces another policy of '{birth.KeyId}' than number {policies.Current.Number}");
        if (Documents.PolicyHash(change.Document.Span) != request.NextPolicy) return Mismatch("a record's policy isn't the one that its request names");
        if (!records.Verify(change, document, policies, state).Is(out _, out refusal)) return refusal;
        return KeyPolicy.Parse(change.Document.Span).Then(next => policies.Add(next, change.Time));
    }

    private Outcome<BirthRecord> Birth(KeyEvidence evidence, VaultState state)
    {
        if (!RecordCheck.Read(evidence.Birth, state).Is(out var document, out var refusal))
            return refusal.Code == RefusalCode.RequestCluster ? new Refusal(RefusalCode.KeyForeign, refusal.Detail) : refusal;
        if (!BirthRecord.Parse(evidence.Birth.Document.Span).Is(out var birth, out refusal)) return refusal;
        var asked = document.Request switch
        {
            CreateKeyRequest create => (create.KeyId, create.Kind, create.FirstPolicy),
            DealKeyRequest deal => (deal.KeyId, deal.Kind, deal.FirstPolicy),
            _ => default,
        };
        if (asked == default) return Mismatch("the birth's request is for another action");
        if (asked != (birth.KeyId, birth.Kind, birth.Policy) || document.Hash != birth.Request) return Mismatch("the birth record isn't what its request asked for");
        if (!records.Verify(evidence.Birth, document, state.Admins!, state).Is(out var witness, out refusal)) return refusal;

        // Whom the dealer wrapped for stands in the manifest, which is checked with the secret that comes beside the evidence.
        return document.Request is not CreateKeyRequest made || witness.Identity.Node?.Index == made.Node
            ? birth
            : Mismatch("another node made the key than its request names");
    }

    private static Refusal Mismatch(string why) => new(RefusalCode.JoinMismatch, $"the key's evidence does not fit: {why}");
}
