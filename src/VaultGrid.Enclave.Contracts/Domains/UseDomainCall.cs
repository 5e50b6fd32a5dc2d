using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>
/// Uses a Domain's master key for a client: <c>domain-encrypt</c>, <c>domain-decrypt</c>, <c>domain-sign</c>. Secrets in it are sealed to this enclave's session key, secrets in the answer to the
/// call's answer key. The parameters name the Domain's keys by hash; the document may be left out where the enclave has seen it lately, so that a use costs the same at any size of Trust.
/// </summary>
/// <remarks>
/// Refused before the call is used up, so that the same call may be repeated: <c>domain.unknown</c> (send the document along), <c>trust.unknown</c> (bring the chain's Trusts up to the newest with
/// <see cref="LearnTrustsCall"/>), <c>domain.malformed</c>, <c>domain.invalid</c> and <c>domain.foreign</c> (parts that don't belong together, or another Domain than the call names), <c>trust.*</c> of a Trust that comes with it.
/// Then the call (<see cref="CallCheck.Admit"/>), which is used up from there on; then <c>trust.superseded</c> (the newest Trust doesn't name this enclave), <c>trust.forked</c>, <c>trust.bootstrap</c>,
/// <c>trust.retired</c>, <c>domain.foreign</c> (no token for this enclave), <c>domain.invalid</c> (doesn't open), <c>domain.use</c> (another kind of master key, or no such version), <c>call.invalid</c> (sealed to
/// another enclave's session key, or not for this call), <c>file.tampered</c>.
/// </remarks>
/// <param name="Call">The client's call.</param>
/// <param name="Parameters">Its parameters (<see cref="DomainParameters"/>).</param>
/// <param name="Domain">The Domain (<see cref="Domain.ToBytes"/>), or empty.</param>
public sealed record UseDomainCall(SignedCall Call, ReadOnlyMemory<byte> Parameters, ReadOnlyMemory<byte> Domain) : EnclaveCall<DomainAnswer>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.UseDomain;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        SignedCall.Write(writer, Call);
        writer.Bytes(Parameters.Span).Bytes(Domain.Span);
    }

    /// <inheritdoc/>
    public override DomainAnswer ReadAnswer(ref WireReader reader) => DomainAnswer.Read(ref reader);

    /// <summary>Reads the call's body.</summary>
    public static UseDomainCall Read(ref WireReader reader) =>
        new(SignedCall.Read(ref reader), reader.Memory(DomainParameters.ByteLimit), reader.Memory(Model.Domain.ByteLimit));
}
