using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>Asks how the enclave is; answered in every phase.</summary>
public sealed record StatusCall : EnclaveCall<EnclaveStatus>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.Status;

    /// <inheritdoc/>
    public override void Write(WireWriter writer) { }

    /// <inheritdoc/>
    public override EnclaveStatus ReadAnswer(ref WireReader reader) => EnclaveStatus.Read(ref reader);

    /// <summary>Reads the call's body.</summary>
    public static StatusCall Read(ref WireReader reader) => new();
}
