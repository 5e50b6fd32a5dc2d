using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>Does nothing; for liveness, and to measure the round trip.</summary>
public sealed record PingCall : EnclaveCall<Done>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.Ping;

    /// <inheritdoc/>
    public override void Write(WireWriter writer) { }

    /// <inheritdoc/>
    public override Done ReadAnswer(ref WireReader reader) => default;

    /// <summary>Reads the call's body.</summary>
    public static PingCall Read(ref WireReader reader) => new();
}
