using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>
/// Writes a Domain's next revision for a client whose certificate claims <c>rotate</c>: a new wrapping key for the HSMs of the newest Trust; with a new master key if asked. Data stay readable. Nothing is
/// stored here; the Domain before still opens wherever its tokens do.
/// </summary>
/// <remarks>Refused as <see cref="UseDomainCall"/>, and <c>trust.superseded</c> where the Trust that the call names isn't the newest, <c>domain.use</c> (too many master keys).</remarks>
/// <param name="Call">The client's call.</param>
/// <param name="Parameters">Its parameters: <see cref="DomainParameters.Rotate"/>.</param>
/// <param name="Domain">The Domain (<see cref="Domain.ToBytes"/>), or empty.</param>
public sealed record RotateDomainCall(SignedCall Call, ReadOnlyMemory<byte> Parameters, ReadOnlyMemory<byte> Domain) : EnclaveCall<ReadOnlyMemory<byte>>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.RotateDomain;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        SignedCall.Write(writer, Call);
        writer.Bytes(Parameters.Span).Bytes(Domain.Span);
    }

    /// <summary>The next revision without its Trust (<see cref="SealedKeys.ToBytes"/>).</summary>
    public override ReadOnlyMemory<byte> ReadAnswer(ref WireReader reader) => reader.Memory(SealedKeys.ByteLimit);

    /// <summary>Reads the call's body.</summary>
    public static RotateDomainCall Read(ref WireReader reader) =>
        new(SignedCall.Read(ref reader), reader.Memory(DomainParameters.ByteLimit), reader.Memory(Model.Domain.ByteLimit));
}
