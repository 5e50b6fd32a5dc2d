namespace VaultGrid.Enclave;

/// <summary>Takes Trusts that other HSMs sealed: verifies each against the one before, and keeps the chain. Runs under the vault's gate.</summary>
internal sealed class TrustLearning(EnclaveClock clock, CertificateGate certificates, TrustLibrary library, MasterKeyCache masters, ForkEvidence evidence)
{
    // HSMs' clocks may differ by this much.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>The rules, by what a state knows.</summary>
    public TrustVerifier Verifier(VaultState state) => new(state.Authorities!, hash => state.Admins?.Find(hash), certificates.Cache);

    /// <summary>Reads Trusts of one chain.</summary>
    public Outcome<IReadOnlyList<Trust>> Parse(IReadOnlyList<ReadOnlyMemory<byte>> documents)
    {
        var trusts = new List<Trust>();
        foreach (var document in documents)
        {
            if (!Trust.Parse(document.Span, certificates.Cache).Is(out var trust, out var refusal)) return refusal;
            if (trusts.Count > 0 && trust.Body.Id != trusts[0].Body.Id) return new Refusal(RefusalCode.TrustChain, "Trusts of two chains in one call");
            trusts.Add(trust);
        }

        return trusts;
    }

    /// <summary>Learns Trusts, in order: all or none. A chain without a wrap key here is verified and not kept.</summary>
    public Outcome<Step<KnownChain>> Learn(IReadOnlyList<Trust> trusts, VaultState state)
    {
        if (trusts.Count == 0) return new Refusal(RefusalCode.TrustChain, "no Trust was given");
        if (state.Chains.Find(trusts[0].Body.Id) is not { } held) return Verify(trusts, state).Is(out var known, out var refused) ? new Step<KnownChain>(state, known) : refused;
        if (!Learn(trusts, held, state.Chains, state).Is(out var chains, out var refusal)) return refusal;
        var next = ReferenceEquals(chains, state.Chains) ? state : state with { Chains = chains };
        Shelve(trusts, chains.Find(held.Id)!);
        return new Step<KnownChain>(next, chains.Find(held.Id)!.Known, () => Keep(trusts, chains.Find(held.Id)!), ReferenceEquals(next, state) ? null : Note("trust.learn", chains.Find(held.Id)!));
    }

    /// <summary>The chains with these Trusts in one of them; the same object where all were known.</summary>
    public Outcome<HeldChains> Learn(IReadOnlyList<Trust> trusts, HeldChain held, HeldChains chains, VaultState state)
    {
        var verifier = Verifier(state);
        var brought = new Dictionary<Hash256, Trust>();
        foreach (var trust in trusts)
        {
            if (!Take(trust, held, brought, verifier, state).Is(out var next, out var refusal)) return refusal;
            if (trust.Body.IsBootstrap)
            {
                if (!BootstrapRule.CheckOnce(trust, chains.Bootstrap).Is(out _, out refusal)) return refusal;
                if (chains.Bootstrap is null) chains = chains.WithBootstrap(trust.Hash);
            }

            if (!ReferenceEquals(next, held)) chains = chains.With(next);
            held = next;
            brought[trust.Hash] = trust;
        }

        return chains;
    }

    /// <summary>Puts what counts into the library, before the state tells of it: whoever sees a state finds its documents at hand. Only hashes that a state names are looked for.</summary>
    public void Shelve(IEnumerable<Trust> trusts, HeldChain held)
    {
        foreach (var trust in trusts.Where(held.Counts)) library.Add(trust);
    }

    /// <summary>Once the state is kept: both sides of a fork are written down, and what was opened before is opened anew under what is known now.</summary>
    public void Keep(IReadOnlyCollection<Trust> trusts, HeldChain held)
    {
        masters.Clear();
        if (held.Fork is { } fork)
        {
            foreach (var hash in new[] { fork.One, fork.Other })
            {
                if ((trusts.FirstOrDefault(trust => trust.Hash == hash) ?? library.Find(hash)) is { } signed) evidence.Keep(signed);
            }
        }
    }

    /// <summary>What the audit log says of a chain that grew or forked.</summary>
    public static AuditNote Note(string action, HeldChain held) => new(action)
    {
        Subject = held.Fork is { } fork ? $"chain {held.Id} forked after Trust {held.Number}: {fork.One}, {fork.Other}" : $"chain {held.Id} Trust {held.Number}",
    };

    /// <summary>The predecessor of a Trust, where it is at hand among those brought or in the library; null for the first of a chain.</summary>
    public Outcome<Trust>? Predecessor(Trust trust, HeldChain held, Dictionary<Hash256, Trust> brought)
    {
        if (trust.Body.Predecessor is not { } named) return null;
        if (trust.Body.Number > held.Number + 1) return new Refusal(RefusalCode.TrustUnknown, $"Trust {trust.Body.Number} of the chain came, and this enclave knows it up to {held.Number}: bring those between");
        if (held.Trusts[(int)trust.Body.Number - 2].Hash != named)
            return new Refusal(RefusalCode.TrustChain, $"Trust {trust.Body.Number} names another predecessor than Trust {trust.Body.Number - 1} of the chain");
        return (brought.GetValueOrDefault(named) ?? library.Find(named)) is { } found
            ? found
            : new Refusal(RefusalCode.TrustUnknown, $"Trust {named} is known, but its document isn't at hand: bring it along");
    }

    private Outcome<HeldChain> Take(Trust trust, HeldChain held, Dictionary<Hash256, Trust> brought, TrustVerifier verifier, VaultState state)
    {
        var number = trust.Body.Number;
        if (held.Counts(trust)) return verifier.CheckSeal(trust).Is(out _, out var unsealed) ? held : unsealed;
        if (held.IsForked(trust.Hash)) return held;
        if (held.Fork is not null && number > held.Number) return Forked();
        if (number == 1 && held.First is { } first) return new Refusal(RefusalCode.TrustChain, $"the chain of this id that is known here begins with {first}, not with {trust.Hash}");
        if (number > EnclaveLimits.Records) return new Refusal(RefusalCode.InputTooLarge, $"a chain has at most {EnclaveLimits.Records} Trusts: begin a new one");

        Trust? before = null;
        if (Predecessor(trust, held, brought) is { } predecessor && !predecessor.Is(out before, out var refusal)) return refusal;
        if (!verifier.Check(trust, before).Is(out _, out refusal)) return refusal;
        if (trust.Seal!.Time > clock.Now + Skew)
            return new Refusal(RefusalCode.TrustSignature, $"Trust {number} was sealed at {trust.Seal.Time:u}, which has not come yet: compare the clocks of {trust.Seal.Signatory} and this enclave");

        if (number <= held.Number) return held.Forked(number, trust.Hash);
        return held.With(new VerifiedTrust(trust.Hash, trust.Body.IndexOf(Signatory.Of(state.Certificate!)) >= 0));
    }

    private Outcome<KnownChain> Verify(IReadOnlyList<Trust> trusts, VaultState state)
    {
        if (!TrustChain.Verify(trusts, trusts[0].Hash, Verifier(state)).Is(out var chain, out var refusal)) return refusal;
        (Hash256, Hash256)? fork = chain.Fork is { } two ? (two.One.Hash, two.Other.Hash) : null;
        var newest = chain.Newest.Body;
        return new KnownChain(newest.Id, null, chain.First, newest.Number, newest.Hash, newest.IndexOf(Signatory.Of(state.Certificate!)) >= 0, fork, IsRetired: false);
    }

    private static Refusal Forked() =>
        new(RefusalCode.TrustForked, "two Trusts were signed in one place of this chain: neither counts; begin a new chain and find out who signed both");
}
