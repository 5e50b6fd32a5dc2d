namespace VaultGrid.Enclave;

/// <summary>
/// Finds Domains that calls name: among those checked lately, or in the document that came along, whose Trust is learned where it is new. Checked once, so that a use costs the same at
/// any size of Trust. No secret is touched. Any thread.
/// </summary>
internal sealed class DomainFinding(SealedVault vault, CertificateGate certificates, TrustLearning learning, TrustLibrary trusts)
{
    // Half of it, a generation, holds 10,000 Domains over three HSMs.
    private const long Capacity = 128 * 1024 * 1024;

    private readonly RecentlyUsed<Hash256, CheckedDomain> _domains = new(Capacity, known => 4096 + (2 * known.Domain.Keys.Bytes.Length));

    /// <summary>Finds a Domain by the hash of its keys; <c>domain.unknown</c> where it must come along.</summary>
    public Outcome<DomainPlace> Find(Hash256 keys, ReadOnlyMemory<byte> document)
    {
        var state = vault.State;
        if (_domains.Find(keys) is { } known && ReferenceEquals(known.By, state.Authorities)) return Place(known.Domain, state);
        if (document.IsEmpty) return new Refusal(RefusalCode.DomainUnknown, "this enclave hasn't seen the Domain lately: send it along");
        if (!Domain.Parse(document.Span, certificates.Cache).Is(out var domain, out var refusal)) return refusal;
        return domain.Keys.Hash == keys
            ? Check(domain)
            : new Refusal(RefusalCode.DomainInvalid, "the Domain that came along is not the one, or not the revision, that the call names");
    }

    /// <summary>Checks a Domain that came along.</summary>
    public Outcome<DomainPlace> Check(Domain domain)
    {
        if (!Known(domain).Is(out var state, out var refusal)) return refusal;
        if (!CheckParts(domain, state).Is(out var whole, out refusal)) return refusal;
        _domains.Add(whole.Keys.Hash, new CheckedDomain(whole, state.Authorities!));
        return Place(whole, state);
    }

    /// <summary>The newest Trust of a chain, as a document; <c>trust.unknown</c> where it isn't at hand.</summary>
    public Outcome<Trust> Newest(HeldChain held)
    {
        if (held.Newest is not { } newest) return new Refusal(RefusalCode.TrustUnknown, $"no Trust of the chain {held.Id} is known here: bring it from its first");
        return trusts.Find(newest.Hash) is { } found
            ? found
            : new Refusal(RefusalCode.TrustUnknown, $"the newest Trust of the chain, {newest.Hash}, isn't at hand: bring it");
    }

    /// <summary>Checks keys whose Trust is known already, of a batch.</summary>
    public Outcome<DomainPlace> Check(SealedKeys keys, HeldChain held, VaultState state)
    {
        if (held.IsForked(keys.Keys.Trust)) return Forked();
        if (keys.Keys.First != held.First) return new Refusal(RefusalCode.TrustChain, "the Domain belongs to another chain");
        if (trusts.Find(keys.Keys.Trust) is not { } trust || !held.Counts(trust))
            return new Refusal(RefusalCode.TrustUnknown, $"Trust {keys.Keys.Trust} of the chain isn't at hand: bring it");
        var domain = keys.Under(trust);
        return domain.Check(state.Authorities!).Is(out _, out var refusal) ? Place(domain, state) : refusal;
    }

    // Its Trust is known or learned: the chain has caught up with it.
    private Outcome<VaultState> Known(Domain domain)
    {
        var state = vault.State;
        if (Held(domain, state) is not { } held)
            return new Refusal(RefusalCode.TrustUnknown, "this enclave has no wrap key for the chain of this Domain");
        if (held.IsForked(domain.Trust.Hash)) return Forked();
        if (held.Counts(domain.Trust) && trusts.Find(domain.Trust.Hash) is not null) return state;

        var learned = vault.Change(now => learning.Learn([domain.Trust], now));
        if (!learned.Is(out _, out var refusal)) return refusal;
        if (SealedVault.LeftWaiting is not null) return new Refusal(RefusalCode.WitnessPending, "the Domain's Trust is stored and counts once other members have recorded it");
        state = vault.State;
        return Held(domain, state) is { } grown && grown.Counts(domain.Trust) ? state : Forked();
    }

    private Outcome<Domain> CheckParts(Domain domain, VaultState state)
    {
        // One object for all Domains under a Trust, whatever seal each brought: the name covers the body.
        var shared = domain with { Trust = trusts.Find(domain.Trust.Hash) ?? domain.Trust };
        if (Held(domain, state)?.First != domain.Keys.First) return new Refusal(RefusalCode.DomainInvalid, "the Domain names another chain than its Trust is of");
        return shared.Check(state.Authorities!).Is(out _, out var refusal) ? shared : refusal;
    }

    private Outcome<DomainPlace> Place(Domain domain, VaultState state)
    {
        if (Held(domain, state) is not { } held || !held.Counts(domain.Trust)) return Forked();
        var newest = domain.Trust;
        if (held.Newest!.Value.Hash != newest.Hash && !Newest(held).Is(out newest, out var refusal)) return refusal;
        IReadOnlyCollection<Trust> known = ReferenceEquals(newest, domain.Trust) ? [newest] : [domain.Trust, newest];
        return new DomainPlace(domain, held, TrustChain.Resume(known, domain.Keys.First), state);
    }

    private static HeldChain? Held(Domain domain, VaultState state) => state.Chains.Find(domain.Trust.Body.Id);

    private static Refusal Forked() =>
        new(RefusalCode.TrustForked, "the Domain stands under one of two Trusts that were signed in one place, or behind them: it doesn't count");
}
