using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>
/// Re-wraps many Domains of one chain for its newest Trust, after HSMs came or went: the next revision of each, the same master keys. Nobody has to approve it, for the
/// operators' quorum approved the Trust; it gives nobody anything that the Trust doesn't. Only Domains of earlier Trusts are re-wrapped; each is judged by itself.
/// </summary>
/// <remarks>
/// Refused as a whole: <c>trust.unknown</c> (the chain isn't known; the newest Trust, or one that a Domain stands under, isn't at hand: <see cref="LearnTrustsCall"/>), <c>trust.superseded</c> (the newest Trust doesn't name this enclave, or isn't
/// the one named here), <c>trust.retired</c>, standing. One alone: <c>domain.malformed</c>, <c>domain.invalid</c>, <c>domain.foreign</c> (no token for this enclave: ask another), <c>trust.chain</c>, <c>trust.forked</c>, <c>state.conflict</c> (stands under the newest already), <c>enclave.busy</c> (not reached within two seconds: ask again for
/// the rest).
/// </remarks>
/// <param name="Chain">The chain.</param>
/// <param name="Trust">The hash of the Trust that they shall stand under: the chain's newest.</param>
/// <param name="Domains">The Domains without their Trusts (<see cref="SealedKeys.ToBytes"/>), at most <see cref="EnclaveLimits.Batch"/>, together at most a frame.</param>
public sealed record RewrapDomainsCall(TrustId Chain, Hash256 Trust, IReadOnlyList<ReadOnlyMemory<byte>> Domains) : EnclaveCall<IReadOnlyList<RewrappedDomain>>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.RewrapDomains;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Chain(Chain).Hash(Trust).List(Domains, (to, domain) => to.Bytes(domain.Span));
    }

    /// <summary>One answer for each Domain, in their order.</summary>
    public override IReadOnlyList<RewrappedDomain> ReadAnswer(ref WireReader reader) => reader.List(EnclaveLimits.Batch, RewrappedDomain.Read);

    /// <summary>Reads the call's body.</summary>
    public static RewrapDomainsCall Read(ref WireReader reader) => new(
        reader.Chain(), reader.Hash(), reader.List(EnclaveLimits.Batch, (ref WireReader from) => from.Memory(SealedKeys.ByteLimit)));
}
