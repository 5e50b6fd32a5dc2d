using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>
/// Brings Trusts of one chain, in order: the enclave verifies each that it doesn't know (<see cref="TrustVerifier.Check"/>), from the chain's first or from one that it knows, and keeps the
/// chain, durably, if it has a wrap key for it. A successor that counts in the place of another one is a fork: neither counts from then on, and the
/// answer says so. Trusts that are known only come back into memory: an enclave remembers the hashes of all, the documents of what it used lately.
/// </summary>
/// <remarks>
/// Refused, learning nothing of the call: <c>trust.malformed</c>, <c>trust.duplicate</c>, <c>trust.quorum</c>, <c>trust.chain</c> (doesn't follow what is known; another chain with this id is
/// known), <c>trust.unknown</c> (what comes before is missing), <c>trust.signature</c>, <c>trust.stranger</c>, <c>trust.bootstrap</c> (no approval, or a second one under this root), <c>trust.forked</c>
/// (goes on behind a fork), <c>certificate.*</c>, <c>revocations.*</c>, <c>state.stale</c> (the administrators' policy isn't known), <c>input.too-large</c>.
/// </remarks>
/// <param name="Trusts">The Trusts (<see cref="Trust.ToBytes"/>), together at most a frame.</param>
public sealed record LearnTrustsCall(IReadOnlyList<ReadOnlyMemory<byte>> Trusts) : EnclaveCall<KnownChain>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.LearnTrusts;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.List(Trusts, (to, trust) => to.Bytes(trust.Span));
    }

    /// <summary>What the enclave knows of the chain now.</summary>
    public override KnownChain ReadAnswer(ref WireReader reader) => KnownChain.Read(ref reader);

    /// <summary>Reads the call's body.</summary>
    public static LearnTrustsCall Read(ref WireReader reader) => new(reader.List(EnclaveLimits.Records, (ref WireReader from) => from.Memory(Model.Trust.ByteLimit)));
}
