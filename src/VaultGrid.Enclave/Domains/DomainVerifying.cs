namespace VaultGrid.Enclave;

/// <summary>Says whether a Domain counts, for operators who want an enclave's word: uses no secret.</summary>
internal sealed class DomainVerifying(SealedVault vault, CertificateGate certificates, TrustLearning learning, DomainFinding finding)
{
    /// <summary>Verifies a Domain with the Trusts before it; of a chain that is kept here these are learned.</summary>
    public Outcome<KnownChain> Verify(VerifyDomainCall call)
    {
        if (!Domain.Parse(call.Domain.Span, certificates.Cache).Is(out var domain, out var refusal)) return refusal;
        if (!learning.Parse(call.Before).Is(out var before, out refusal)) return refusal;
        if (before.Count > 0 && before[0].Body.Id != domain.Trust.Body.Id) return new Refusal(RefusalCode.TrustChain, "the Trusts that came along are of another chain");

        if (vault.State.Chains.Find(domain.Trust.Body.Id) is null) return VerifyAlone(domain, before, vault.State);
        if (before.Count > 0 && !vault.Change(state => learning.Learn(before, state)).Is(out _, out refusal)) return refusal;
        return finding.Check(domain).Then<KnownChain>(place => place.Held.Known);
    }

    private Outcome<KnownChain> VerifyAlone(Domain domain, IReadOnlyList<Trust> before, VaultState state)
    {
        var trusts = before.Any(trust => trust.Hash == domain.Trust.Hash) ? before : [.. before, domain.Trust];
        if (trusts[0].Hash != domain.Keys.First) return new Refusal(RefusalCode.TrustUnknown, "this enclave doesn't keep the Domain's chain: give it whole, from its first Trust");
        if (!learning.Learn(trusts, state).Is(out var learned, out var refusal)) return refusal;
        if (learned.Answer.Fork is not null) return new Refusal(RefusalCode.TrustForked, "two Trusts were signed in one place of the Domain's chain: neither counts");
        return domain.Check(state.Authorities!).Is(out _, out refusal) ? learned.Answer : refusal;
    }
}
