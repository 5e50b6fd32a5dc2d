namespace VaultGrid.Enclave;

/// <summary>Makes this enclave's wrap keys for chains of Trusts, and wipes them at its retirement. Runs under the vault's gate.</summary>
internal sealed class ChainKeys(EnclaveClock clock, Standing standing, MasterKeyCache masters)
{
    /// <summary>The enclave's entry in Trusts of a chain, made once.</summary>
    public Outcome<Step<ReadOnlyMemory<byte>>> Make(ChainKeyCall call, VaultState state)
    {
        if (!standing.Member(state).Is(out _, out var refusal)) return refusal;
        if (!Enum.IsDefined(call.WrapKey)) return new Refusal(RefusalCode.InputUnsupported, "the wrap key's kind is unknown to this version");
        if (state.Chains.Find(call.Chain) is { } held) return Known(held, call.WrapKey, state);
        if (!Room(state.Chains).Is(out var room, out refusal)) return refusal;

        var key = ChainKey.Generate(call.WrapKey);
        var statement = TrustHsm.Statement(call.Chain, state.Identity!.PublicKey, key.Opened.Public);
        var made = new HeldChain
        {
            Id = call.Chain, WrapKey = key.Opened.Public, Signature = state.Identity.Key!.Sign(statement), Key = new Leased<ChainKey>(key),
        };
        return new Step<ReadOnlyMemory<byte>>(state with { Chains = room.Chains.With(made) }, Entry(made, state), () => room.Dropped?.Key?.Close(), Note("trust.wrap-key", call.Chain));
    }

    /// <summary>Wipes the wrap key of a chain whose newest Trust doesn't name this enclave any more, for good, and says so.</summary>
    public Outcome<Step<ReadOnlyMemory<byte>>> Retire(RetireChainCall call, VaultState state)
    {
        if (state.Chains.Find(call.Chain) is not { Newest: { } newest } held)
            return new Refusal(RefusalCode.TrustUnknown, $"no Trust of the chain {call.Chain} is known here: bring the one that doesn't name this enclave any more");
        if (held.IsRetired) return new Step<ReadOnlyMemory<byte>>(state, held.Retirement);
        if (newest.IsNamed) return new Refusal(RefusalCode.StateConflict, $"Trust {held.Number}, the newest known of the chain, names this enclave: its operators must remove it first");
        if (!standing.Certified(state).Is(out _, out var refusal)) return refusal;

        var now = clock.NowInSeconds;
        var signature = state.Identity!.Key!.Sign(Retirement.Statement(held.Id, newest.Hash, held.WrapKey.Hash, now));
        var statement = new Retirement(held.Id, newest.Hash, held.WrapKey.Hash, new HsmSeal(state.Certificate!, now, signature)).ToBytes();
        return new Step<ReadOnlyMemory<byte>>(state with { Chains = state.Chains.With(held.Retired(statement)) }, statement, () => Wipe(held), Note("trust.retire", call.Chain));
    }

    private void Wipe(HeldChain held)
    {
        held.Key?.Close();
        masters.Clear();
    }

    private static Outcome<Step<ReadOnlyMemory<byte>>> Known(HeldChain held, WrapKeyKind kind, VaultState state)
    {
        if (held.IsRetired) return new Refusal(RefusalCode.TrustRetired, "this enclave has retired from the chain for good");
        return held.WrapKey.Kind == kind
            ? new Step<ReadOnlyMemory<byte>>(state, Entry(held, state))
            : new Refusal(RefusalCode.StateConflict, $"this enclave's wrap key for the chain is of the kind {held.WrapKey.Kind}");
    }

    private static ReadOnlyMemory<byte> Entry(HeldChain held, VaultState state) => new TrustHsm(state.Certificate!, held.WrapKey, held.Signature).ToBytes();

    private static AuditNote Note(string action, TrustId chain) => new(action) { Subject = $"chain {chain}" };

    // Whoever asks for many keys must not fill the store for good: one that no Trust names serves nothing.
    private static Outcome<(HeldChains Chains, HeldChain? Dropped)> Room(HeldChains chains)
    {
        if (chains.All.Length < EnclaveLimits.Chains) return (chains, null);
        return chains.All.FirstOrDefault(chain => chain.Trusts.IsEmpty) is { } unused
            ? (chains.Without(unused), unused)
            : new Refusal(RefusalCode.EnclaveBusy, $"this enclave has wrap keys for {EnclaveLimits.Chains} chains");
    }
}
