using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>Has the enclave say whether a Domain counts: its Trust in its chain, its seal, that its parts belong together. Uses no secret and changes nothing but what it learns of the chain.</summary>
/// <remarks>Refused as <see cref="UseDomainCall"/> before the call. A Domain of a chain that this enclave has no wrap key for is verified where its whole chain is given.</remarks>
/// <param name="Domain">The Domain (<see cref="Domain.ToBytes"/>).</param>
/// <param name="Before">Trusts of its chain that the enclave may not know, from the first or from one that it knows, in order; may be empty.</param>
public sealed record VerifyDomainCall(ReadOnlyMemory<byte> Domain, IReadOnlyList<ReadOnlyMemory<byte>> Before) : EnclaveCall<KnownChain>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.VerifyDomain;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Bytes(Domain.Span).List(Before, (to, trust) => to.Bytes(trust.Span));
    }

    /// <summary>It counts; this is what the enclave knows of its chain.</summary>
    public override KnownChain ReadAnswer(ref WireReader reader) => KnownChain.Read(ref reader);

    /// <summary>Reads the call's body.</summary>
    public static VerifyDomainCall Read(ref WireReader reader) => new(
        reader.Memory(Model.Domain.ByteLimit), reader.List(EnclaveLimits.Records, (ref WireReader from) => from.Memory(Model.Trust.ByteLimit)));
}
