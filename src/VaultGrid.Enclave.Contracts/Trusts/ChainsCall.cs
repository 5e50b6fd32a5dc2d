using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>Asks which chains of Trusts the enclave has wrap keys for and how far it knows them, in order of their ids.</summary>
public sealed record ChainsCall : EnclaveCall<IReadOnlyList<KnownChain>>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.Chains;

    /// <inheritdoc/>
    public override void Write(WireWriter writer) { }

    /// <inheritdoc/>
    public override IReadOnlyList<KnownChain> ReadAnswer(ref WireReader reader) => reader.List(EnclaveLimits.Chains, KnownChain.Read);

    /// <summary>Reads the call's body.</summary>
    public static ChainsCall Read(ref WireReader reader) => new();
}
