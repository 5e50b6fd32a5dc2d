using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>Asks an enclave what it is: an <see cref="Attestation"/>, signed by its D key, with a quote where it rests on a TPM.</summary>
/// <param name="Nonce">16 to 64 fresh random bytes.</param>
public sealed record AttestCall(ReadOnlyMemory<byte> Nonce) : EnclaveCall<SignedStatement>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.Attest;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Bytes(Nonce.Span);
    }

    /// <inheritdoc/>
    public override SignedStatement ReadAnswer(ref WireReader reader) => SignedStatement.Read(ref reader);

    /// <summary>Reads the call's body.</summary>
    public static AttestCall Read(ref WireReader reader) => new(AuditHeadCall.Read(ref reader).Nonce);
}
