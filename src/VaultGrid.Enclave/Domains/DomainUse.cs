namespace VaultGrid.Enclave;

/// <summary>
/// Answers clients' calls on Domains: finds the Domain and its place in the chain, admits the call, asks the rules, opens a token. The Domain is found before the call is used up, so that a
/// caller who is asked for a document can repeat the call. Any thread.
/// </summary>
internal sealed class DomainUse(SealedVault vault, EnclaveClock clock, Standing standing, CallGate calls, DomainFinding finding, MasterKeyUse use, MasterKeyCache masters)
{
    // A D key in a TPM takes a tenth of a second for each seal, and callers don't wait for ever.
    private static readonly TimeSpan BatchTime = TimeSpan.FromSeconds(2);

    /// <summary>Makes a Domain.</summary>
    public Outcome<ReadOnlyMemory<byte>> Create(CreateDomainCall call)
    {
        var state = vault.State;
        if (!standing.Member(state).Is(out _, out var refusal)) return refusal;
        if (!Read<DomainParameters.Create>(call.Parameters).Is(out var create, out refusal)) return refusal;
        if (create.Owner.Length > 0 && !(CertificateIdentity.Parse(create.Owner).Is(out var owner, out _) && owner.Role == CertificateRole.Operator))
            return new Refusal(RefusalCode.InputMalformed, "the owner of a Domain is an operator, by identity, or nobody");
        if (state.Chains.FindByFirst(create.First) is not { } held) return new Refusal(RefusalCode.TrustUnknown, $"no chain that begins with {create.First} is known here: bring it");
        if (!Newest(create.Trust, held).Is(out var newest, out refusal)) return refusal;

        DomainId id = default;
        if (!calls.Admit(call.Call, call.Parameters.Span, state, (body, caller) => Permit(body, caller, create, out id)).Is(out var admitted, out refusal)) return refusal;
        if (held.IsRetired) return Retired();
        var keys = DomainVault.Create(id, create.First, newest.Body, create.Kind, create.Owner);
        return DomainRules.CheckCreate(keys, TrustChain.Resume(newest, create.First), Signatory.Of(state.Certificate!)).Is(out _, out refusal)
            ? Noted("domain.create", id, call.Call, admitted, Sealed(keys, state))
            : refusal;
    }

    /// <summary>Uses a master key.</summary>
    public Outcome<DomainAnswer> Use(UseDomainCall call)
    {
        if (!Read<DomainParameters>(call.Parameters).Is(out var asked, out var refusal)) return refusal;
        var epoch = masters.Epoch;
        if (KeysOf(asked) is not { } named) return new Refusal(RefusalCode.CallInvalid, $"'{asked.Action}' is no use of a master key");
        if (!finding.Find(named, call.Domain).Is(out var place, out refusal)) return refusal;
        if (!Admit(call.Call, call.Parameters, asked, place).Is(out var admitted, out refusal)) return refusal;

        if (!DomainRules.CheckUse(place.Domain, place.Chain, place.Self).Is(out var index, out refusal)) return refusal;
        if (!MasterKeyUse.VersionFor(asked, place.Domain.Keys).Is(out var version, out refusal)) return refusal;
        if (!Open(place, index, version, epoch).Is(out var master, out refusal)) return refusal;
        using (master)
        {
            var id = place.Domain.Keys.Id;
            return Noted(asked.Action.Replace('-', '.'), id, call.Call, admitted, use.Do(asked, id, version, master.Value, admitted, call.Call.Body.Span));
        }
    }

    /// <summary>Writes a Domain's next revision.</summary>
    public Outcome<ReadOnlyMemory<byte>> Rotate(RotateDomainCall call)
    {
        if (!Read<DomainParameters.Rotate>(call.Parameters).Is(out var rotate, out var refusal)) return refusal;
        if (!finding.Find(rotate.Keys, call.Domain).Is(out var place, out refusal)) return refusal;
        if (!Newest(rotate.Trust, place.Held).Is(out _, out refusal)) return refusal;
        if (!Admit(call.Call, call.Parameters, rotate, place).Is(out var admitted, out refusal)) return refusal;
        return Noted("domain.rotate", place.Domain.Keys.Id, call.Call, admitted, Rewrap(place, rotate.NewMaster, rotate.Oldest));
    }

    /// <summary>Re-wraps Domains of earlier Trusts for the newest, each judged by itself.</summary>
    public Outcome<IReadOnlyList<RewrappedDomain>> Rewrap(RewrapDomainsCall call, CertificateCache certificates)
    {
        var state = vault.State;
        if (!standing.Member(state).Is(out _, out var refusal)) return refusal;
        if (state.Chains.Find(call.Chain) is not { } held) return new Refusal(RefusalCode.TrustUnknown, $"this enclave has no wrap key for the chain {call.Chain}");
        if (held.IsRetired) return Retired();
        if (!Newest(call.Trust, held).Is(out var newest, out refusal)) return refusal;
        if (newest.Body.IndexOf(Signatory.Of(state.Certificate!)) < 0)
            return new Refusal(RefusalCode.TrustSuperseded, "the newest Trust of this chain doesn't name this enclave any more: ask an HSM that it names");

        var results = new List<RewrappedDomain>(call.Domains.Count);
        var until = clock.Now + BatchTime;
        foreach (var document in call.Domains)
        {
            if (results.Count > 0 && clock.Now > until)
            {
                results.Add(new RewrappedDomain.Refused(new Refusal(RefusalCode.EnclaveBusy, "the batch took too long to come to this Domain: ask again")));
                continue;
            }

            var next = SealedKeys.Parse(document.Span, certificates).Then(keys => RewrapOne(keys, newest, held, state));
            if (next.Is(out var bytes, out refusal)) results.Add(new RewrappedDomain.Next(bytes));
            else if (refusal.Code == RefusalCode.TrustUnknown) return refusal;
            else results.Add(new RewrappedDomain.Refused(refusal));
        }

        vault.Trail.Write(new AuditNote("domain.rewrap") { Subject = $"{results.Count(one => one is RewrappedDomain.Next)} Domains of chain {call.Chain} for Trust {newest.Body.Number}" });

        return results;
    }

    private Outcome<ReadOnlyMemory<byte>> RewrapOne(SealedKeys keys, Trust newest, HeldChain held, VaultState state)
    {
        if (keys.Keys.Trust == newest.Hash) return new Refusal(RefusalCode.StateConflict, "the Domain stands under the newest Trust already");
        return finding.Check(keys, held, state).Then(place => Rewrap(place, newMaster: false, oldest: 0));
    }

    private Outcome<ReadOnlyMemory<byte>> Rewrap(DomainPlace place, bool newMaster, uint oldest)
    {
        if (!DomainRules.CheckRewrap(place.Domain, place.Chain, place.Self).Is(out var index, out var refusal)) return refusal;
        if (place.Held.Key is not { } chain || !chain.TryTake(out var key)) return Retired();
        using (key)
        {
            return DomainVault.Rotate(place.Domain.Keys, key.Value.Opened, index, place.Chain.Newest.Body, newMaster, oldest).Is(out var next, out refusal)
                ? Sealed(next, place.State)
                : refusal;
        }
    }

    private Outcome<Leased<OpenMaster>.Lease> Open(DomainPlace place, int index, uint version, long epoch)
    {
        var keys = place.Domain.Keys;
        if (place.Held.Key is not { } chain || !chain.TryTake(out var key)) return Retired();
        using (key)
        {
            if (masters.TryTake((keys.Hash, version), out var known)) return known;
            return DomainVault.Open(keys, version, key.Value.Opened, index).Is(out var master, out var refusal) ? masters.Keep((keys.Hash, version), master, epoch) : refusal;
        }
    }

    private Outcome<AdmittedCall> Admit(SignedCall call, ReadOnlyMemory<byte> parameters, DomainParameters asked, DomainPlace place)
    {
        if (!standing.Member(place.State).Is(out _, out var refusal)) return refusal;
        return calls.Admit(call, parameters.Span, place.State, (body, caller) =>
        {
            if (!Permit(body, caller, asked, out var id).Is(out var done, out var denied)) return denied;
            return id == place.Domain.Keys.Id ? done : new Refusal(RefusalCode.DomainInvalid, $"the call is for Domain {id}, the keys that it names are of {place.Domain.Keys.Id}");
        });
    }

    private static Outcome<Done> Permit(CallBody body, RoleCertificate caller, DomainParameters asked, out DomainId id)
    {
        id = body.Target is CallTarget.OfDomain domain ? domain.Id : default;
        return body.Action == asked.Action
            ? DomainCallRules.Check(body, caller)
            : new Refusal(RefusalCode.CallInvalid, $"the call's action is '{body.Action}', its parameters are of '{asked.Action}'");
    }

    // The caller names the Trust: so an enclave that missed one is told.
    private Outcome<Trust> Newest(Hash256 named, HeldChain held)
    {
        if (held.Newest?.Hash == named) return finding.Newest(held);
        if (held.IsForked(named)) return new Refusal(RefusalCode.TrustForked, "two Trusts were signed in one place of this chain: neither counts");
        return held.Trusts.Any(trust => trust.Hash == named)
            ? new Refusal(RefusalCode.TrustSuperseded, $"the Trust that the call names is superseded: take Trust {held.Number}, {held.Newest?.Hash}")
            : new Refusal(RefusalCode.TrustUnknown, $"Trust {named} is not known here: bring the chain");
    }

    private Outcome<ReadOnlyMemory<byte>> Sealed(DomainKeys keys, VaultState state)
    {
        var now = clock.NowInSeconds;
        var seal = new HsmSeal(state.Certificate!, now, state.Identity!.Key!.Sign(HsmSeal.ForDomain(keys.Hash, now)));
        return (ReadOnlyMemory<byte>)new SealedKeys(keys, seal).ToBytes();
    }

    private Outcome<T> Noted<T>(string action, DomainId domain, SignedCall call, AdmittedCall admitted, Outcome<T> outcome)
        where T : notnull
    {
        vault.Trail.Write(new AuditNote(action)
        {
            Outcome = outcome.Refusal?.Code.Name() ?? AuditEntry.Done,
            Request = Hash256.Of("call", call.Body.Span),
            Subject = $"{domain} by {admitted.Caller.Identity}",
        });
        return outcome;
    }

    private static Outcome<T> Read<T>(ReadOnlyMemory<byte> parameters)
        where T : DomainParameters
    {
        if (!DomainParameters.Parse(parameters.Span).Is(out var read, out var refusal)) return refusal;
        return read is T asked ? asked : new Refusal(RefusalCode.CallInvalid, $"the parameters are those of '{read.Action}'");
    }

    private static Hash256? KeysOf(DomainParameters asked) => asked switch
    {
        DomainParameters.Encrypt encrypt => encrypt.Keys,
        DomainParameters.DecryptFile decrypt => decrypt.Keys,
        DomainParameters.DecryptData decrypt => decrypt.Keys,
        DomainParameters.Sign sign => sign.Keys,
        _ => null,
    };

    private static Refusal Retired() => new(RefusalCode.TrustRetired, "this enclave has retired from the chain and wiped its wrap key");
}
