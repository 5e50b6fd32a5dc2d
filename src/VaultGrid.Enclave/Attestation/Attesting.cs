namespace VaultGrid.Enclave;

/// <summary>Says what this enclave is, and judges what another one says where the membership record demands it.</summary>
internal sealed class Attesting(IVaultAdapter adapter, EnclaveClock clock)
{
    // The clocks of two hosts, and the way between them.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>The answer to a call: signed by the D key.</summary>
    public Outcome<SignedStatement> Say(AttestCall call, VaultState state)
    {
        var statement = Of(call.Nonce, state).ToBytes();
        return new SignedStatement(statement, state.Certificate?.Der ?? default, state.Identity!.Key!.Sign(statement));
    }

    /// <summary>What goes with a joiner's statement; null where nothing is demanded.</summary>
    public byte[]? ForJoin(Hash256 nonce, VaultState state) => state.Membership is { HasDemands: true } ? Of(nonce.ToArray(), state).ToBytes() : null;

    /// <summary>Judges a joiner's before a key is sealed to it: <c>node.unattested</c>. Checked by the holder, under its own membership record.</summary>
    public Outcome<Done> Check(JoinStatement join, Hash256 joiner, VaultState state)
    {
        if (state.Membership is not { HasDemands: true } membership) return default(Done);
        if (join.Attestation.IsEmpty) return Unattested($"node {join.Joiner} doesn't say what it is, which membership record {membership.Number} demands");
        if (!Model.Attestation.Parse(join.Attestation.Span).Is(out var said, out var refusal)) return refusal;
        if (said.Node != join.Joiner || said.DeviceKey != joiner || !PublicBytes.Equal(said.Nonce.Span, join.Nonce.AsSpan()))
            return Unattested($"what node {join.Joiner} says is of another node, key or question");
        if ((said.Time - clock.Now).Duration() > Skew) return Unattested($"what node {join.Joiner} says is of {said.Time:u}");
        if (membership.Adapters.Length > 0 && !membership.Adapters.Contains(said.Adapter))
            return Unattested($"node {join.Joiner} rests on '{said.Adapter}'; the membership record demands {string.Join(" or ", membership.Adapters)}");
        return membership.Measurements.Length == 0 || membership.Measurements.Contains(said.Measurement)
            ? default(Done)
            : Unattested($"node {join.Joiner} runs a program with the measurement {said.Measurement}, which the membership record doesn't name");
    }

    private Model.Attestation Of(ReadOnlyMemory<byte> nonce, VaultState state)
    {
        var said = new Model.Attestation(state.Node, adapter.Kind, EnclaveCore.Software, ProgramMeasurement.Value, state.Identity!.KeyHash, clock.NowInSeconds, nonce);
        return said with { Quote = adapter.Quote(said.Quoted()) };
    }

    private static Refusal Unattested(string why) => new(RefusalCode.NodeUnattested, why);
}
