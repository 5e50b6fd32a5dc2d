namespace VaultGrid.Model;

/// <summary>Who may make, use and re-wrap a Domain, judged by the newest Trust that an enclave knows. Pure; deny by default.</summary>
/// <remarks>The Domain itself was checked before (<see cref="Domain.Check"/>), and every Trust of the chain when the chain took it.</remarks>
public static class DomainRules
{
    /// <summary>May this HSM make this new Domain? Only under the newest Trust, as revision 1.</summary>
    public static Outcome<Done> CheckCreate(DomainKeys keys, TrustChain chain, Signatory self)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(chain);
        if (keys.Revision != 1) return new Refusal(RefusalCode.DomainInvalid, "a new Domain is of revision 1");
        if (CheckNewest(keys, chain, self) is { } refusal) return refusal;
        return BootstrapRule.CheckDomain(chain.Newest.Body, keys);
    }

    /// <summary>May this HSM use this Domain's master keys? Its Trust must be of the chain, and the newest Trust must name the HSM.</summary>
    /// <returns>The place of the HSM's token, or <c>trust.unknown</c>, <c>trust.forked</c>, <c>trust.superseded</c>, <c>trust.bootstrap</c>, <c>domain.foreign</c>.</returns>
    public static Outcome<int> CheckUse(Domain domain, TrustChain chain, Signatory self) => CheckOpen(domain, chain, self).Then<int>(index =>
    {
        if (chain.HasEndedBootstrap(domain.Trust))
            return new Refusal(RefusalCode.TrustBootstrap, "the Bootstrap Trust has ended: re-wrap this Domain for the newest Trust");
        return BootstrapRule.CheckDomain(domain.Trust.Body, domain.Keys).Is(out _, out var refusal) ? index : refusal;
    });

    /// <summary>May this HSM re-wrap this Domain for the newest Trust?</summary>
    /// <returns>The place of the HSM's token in the Domain as it is, or as <see cref="CheckUse"/>.</returns>
    public static Outcome<int> CheckRewrap(Domain domain, TrustChain chain, Signatory self) => CheckOpen(domain, chain, self)
        .Then(index => BootstrapRule.CheckDomain(domain.Trust.Body, domain.Keys).Is(out _, out var refusal) ? (Outcome<int>)index : refusal);

    /// <summary>Is the next revision what a rotation may make of a Domain: the same Domain, chain, owner and master keys, at most one of them new at the end?</summary>
    public static Outcome<Done> CheckSuccession(DomainKeys before, DomainKeys next)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(next);
        if (next.Terms != before.Terms with { Trust = next.Trust, Revision = before.Revision + 1 })
            return new Refusal(RefusalCode.DomainInvalid, "a rotation keeps the Domain, its chain and its owner, and adds one to its revision");

        // Old master keys may go (their data were re-wrapped), but none changes, and none comes but the next.
        var fresh = next.Current.Version == before.Current.Version + 1 ? 1 : 0;
        var kept = next.Masters.Take(next.Masters.Length - fresh).All(master => before.Master(master.Version).Is(out var old, out _) && old.IsSameKey(master));
        var hasCurrent = fresh == 1 || next.Current.IsSameKey(before.Current);
        return kept && hasCurrent
            ? default(Done)
            : new Refusal(RefusalCode.DomainInvalid, "a rotation keeps master keys as they are, and adds at most the next version");
    }

    private static Outcome<int> CheckOpen(Domain domain, TrustChain chain, Signatory self)
    {
        ArgumentNullException.ThrowIfNull(domain);
        ArgumentNullException.ThrowIfNull(chain);
        if (domain.Keys.First != chain.First) return new Refusal(RefusalCode.TrustChain, "the Domain belongs to another chain");
        if (!chain.Find(domain.Keys.Trust).Is(out _, out var refusal)) return refusal;
        if (chain.Newest.Body.IndexOf(self) < 0)
            return new Refusal(RefusalCode.TrustSuperseded, $"the newest Trust of this chain doesn't name {self} any more: ask an HSM that it names");

        var index = domain.Trust.Body.IndexOf(self);
        return index >= 0
            ? index
            : new Refusal(RefusalCode.DomainForeign, $"this Domain has no token for {self} yet: have it re-wrapped by an HSM of its Trust");
    }

    private static Refusal? CheckNewest(DomainKeys keys, TrustChain chain, Signatory self)
    {
        if (keys.First != chain.First) return new(RefusalCode.TrustChain, "the Domain belongs to another chain");
        if (!chain.Find(keys.Trust).Is(out var trust, out var refusal)) return refusal;
        if (trust.Hash != chain.Newest.Hash) return new(RefusalCode.TrustSuperseded, $"Trust {trust.Body.Number} is superseded: take Trust {chain.Newest.Body.Number}");
        return trust.Body.IndexOf(self) < 0 ? new(RefusalCode.TrustStranger, $"the Trust doesn't name {self}") : null;
    }
}
