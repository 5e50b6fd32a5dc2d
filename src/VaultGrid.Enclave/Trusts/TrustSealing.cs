namespace VaultGrid.Enclave;

/// <summary>Seals Trusts: one successor of each, remembered before the seal leaves. Runs under the vault's gate.</summary>
internal sealed class TrustSealing(EnclaveClock clock, CertificateGate certificates, Standing standing, RequestCheck requests, TrustLearning learning)
{
    /// <summary>Seals a Trust that its operators signed.</summary>
    public Outcome<Step<ReadOnlyMemory<byte>>> Seal(SealTrustCall call, VaultState state)
    {
        if (!standing.Member(state).Is(out _, out var refusal)) return refusal;
        if (!Trust.Parse(call.Trust.Span, certificates.Cache).Is(out var trust, out refusal)) return refusal;
        if (!learning.Parse(call.Before).Is(out var before, out refusal)) return refusal;
        if (trust.Body.IsBootstrap) return new Refusal(RefusalCode.TrustBootstrap, "a Bootstrap Trust is sealed by the administrators' approved 'bootstrap-trust' alone");
        if (!Seal(trust, before, call.Retirements, state).Is(out var made, out refusal)) return refusal;
        return new Step<ReadOnlyMemory<byte>>(made.Next, made.Answer.ToBytes(), made.After, made.Note);
    }

    /// <summary>Begins the grid's first chain, or ends its bootstrap, as administrators approved.</summary>
    public Outcome<Step<Performed>> Bootstrap(RequestDocument document, BootstrapTrustRequest request, PerformCall call, VaultState state)
    {
        if (!standing.Member(state).Is(out _, out var refusal)) return refusal;
        if (!requests.Approved(document, call.Approvals, state.Admins!, state).Is(out _, out refusal)) return refusal;
        if (!Trust.Parse(call.Document.Span, certificates.Cache).Is(out var trust, out refusal)) return refusal;
        if (!Documents.Check(trust.Hash, request.Trust, "Trust").Is(out _, out refusal)) return refusal;
        if (trust.Body.Predecessor != request.Replaces) return new Refusal(RefusalCode.StateConflict, "the request replaces another Trust than the one that this Trust follows");
        if (!BootstrapRule.CheckOnce(trust, state.Chains.Bootstrap).Is(out _, out refusal)) return refusal;

        var approved = trust.With(new BootstrapApproval(document, call.Approvals));
        if (!Seal(approved, [], [], state).Is(out var made, out refusal)) return refusal;
        var next = trust.Body.IsBootstrap && state.Chains.Bootstrap is null ? made.Next with { Chains = made.Next.Chains.WithBootstrap(trust.Hash) } : made.Next;
        return new Step<Performed>(next, new Performed.TrustSealed(made.Answer.ToBytes()), made.After);
    }

    private Outcome<Step<Trust>> Seal(Trust trust, IReadOnlyList<Trust> before, IReadOnlyList<ReadOnlyMemory<byte>> retirements, VaultState state)
    {
        var body = trust.Body;
        var self = Signatory.Of(state.Certificate!);
        if (state.Chains.Find(body.Id) is not { } held || body.IndexOf(self) < 0) return new Refusal(RefusalCode.TrustStranger, $"the Trust doesn't name {self}: it can't seal it");
        if (!learning.Learn(before, held, state.Chains, state).Is(out var chains, out var refusal)) return refusal;
        held = chains.Find(body.Id)!;
        if (!CheckPlace(trust, held).Is(out _, out refusal)) return refusal;
        if (body.Hsms[body.IndexOf(self)].WrapKey.Hash != held.WrapKey.Hash)
            return new Refusal(RefusalCode.StateConflict, "the Trust names another wrap key for this enclave than it has for the chain");

        Trust? predecessor = null;
        if (learning.Predecessor(trust, held, before.DistinctBy(known => known.Hash).ToDictionary(known => known.Hash)) is { } named && !named.Is(out predecessor, out refusal)) return refusal;
        var now = clock.NowInSeconds;
        if (!learning.Verifier(state).CheckBeforeSeal(trust, predecessor, state.Certificate!, now, Retired(trust, retirements, state)).Is(out _, out refusal)) return refusal;

        var seal = new HsmSeal(state.Certificate!, now, state.Identity!.Key!.Sign(HsmSeal.ForTrust(trust.Hash, now)));
        var made = trust.With(seal);
        var after = held.Counts(trust) ? held : held.With(new VerifiedTrust(trust.Hash, IsNamed: true));
        if (!ReferenceEquals(after, held)) chains = chains.With(after);
        learning.Shelve([.. before, made], after);
        return new Step<Trust>(
            ReferenceEquals(chains, state.Chains) ? state : state with { Chains = chains }, made, () => learning.Keep([.. before, made], after),
            TrustLearning.Note("trust.seal", after));
    }

    // One successor of each Trust: what was taken in its place, sealed here or elsewhere, stays.
    private static Outcome<Done> CheckPlace(Trust trust, HeldChain held)
    {
        if (held.IsRetired) return new Refusal(RefusalCode.TrustRetired, "this enclave has retired from the chain for good");
        if (held.Counts(trust)) return default(Done);
        var number = trust.Body.Number;
        if (held.Fork is not null && number > held.Number)
            return new Refusal(RefusalCode.TrustForked, "two Trusts were signed behind this chain's newest: it has ended");
        if (number <= held.Number) return new Refusal(RefusalCode.StateConflict, $"this enclave knows another Trust {number} of the chain: it seals one successor of each");
        return number <= EnclaveLimits.Records
            ? default(Done)
            : new Refusal(RefusalCode.InputTooLarge, $"a chain has at most {EnclaveLimits.Records} Trusts: begin a new one");
    }

    // What isn't a retirement of an HSM that this Trust names says nothing about it.
    private List<Retirement> Retired(Trust trust, IReadOnlyList<ReadOnlyMemory<byte>> retirements, VaultState state)
    {
        var retired = new List<Retirement>();
        foreach (var document in retirements)
        {
            if (Retirement.Parse(document.Span, certificates.Cache).Is(out var retirement, out _) && retirement.Check(trust, state.Authorities!).Is(out _, out _))
                retired.Add(retirement);
        }

        return retired;
    }
}
