using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>
/// Makes a Domain for a client whose certificate claims <c>create</c> for its id: draws its master key, and seals it under the newest Trust of the chain that the enclave knows, which must name it. Nothing of
/// it is stored here: the answer is the Domain, without its Trust.
/// </summary>
/// <remarks>
/// Refused: <c>trust.unknown</c> (the chain or that Trust isn't known, or its document isn't at hand: bring it with <see cref="LearnTrustsCall"/> and repeat the same call), then the call
/// (<see cref="CallCheck.Admit"/>: <c>call.*</c>, <c>request.cluster</c>, <c>certificate.*</c>, <c>enclave.busy</c>), then <c>trust.superseded</c>, <c>trust.stranger</c>, <c>trust.bootstrap</c> (under a Bootstrap Trust an
/// operator's ecdsa-p256 or rsa-3072 alone), <c>trust.retired</c>, <c>input.malformed</c> (the owner). A call is used up from its admission on.
/// </remarks>
/// <param name="Call">The client's call.</param>
/// <param name="Parameters">Its parameters: <see cref="DomainParameters.Create"/>.</param>
public sealed record CreateDomainCall(SignedCall Call, ReadOnlyMemory<byte> Parameters) : EnclaveCall<ReadOnlyMemory<byte>>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.CreateDomain;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        SignedCall.Write(writer, Call);
        writer.Bytes(Parameters.Span);
    }

    /// <summary>The Domain without its Trust (<see cref="SealedKeys.ToBytes"/>).</summary>
    public override ReadOnlyMemory<byte> ReadAnswer(ref WireReader reader) => reader.Memory(SealedKeys.ByteLimit);

    /// <summary>Reads the call's body.</summary>
    public static CreateDomainCall Read(ref WireReader reader) => new(SignedCall.Read(ref reader), reader.Memory(DomainParameters.ByteLimit));
}
