using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>Asks for the approved records that the enclave holds: the administrators' policies, the memberships, and its keys' policies.</summary>
public sealed record RecordsCall : EnclaveCall<IReadOnlyList<ApprovedRecord>>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.Records;

    /// <inheritdoc/>
    public override void Write(WireWriter writer) { }

    /// <inheritdoc/>
    public override IReadOnlyList<ApprovedRecord> ReadAnswer(ref WireReader reader) =>
        reader.List(EnclaveLimits.Records, ApprovedRecord.Read);

    /// <summary>Reads the call's body.</summary>
    public static RecordsCall Read(ref WireReader reader) => new();
}

/// <summary>Brings approved records that the enclave may have missed; it verifies each against what it has, and ignores what it already knows.</summary>
/// <param name="Records">The records, each chain in order.</param>
public sealed record LearnCall(IReadOnlyList<ApprovedRecord> Records) : EnclaveCall<Done>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.Learn;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.List(Records, ApprovedRecord.Write);
    }

    /// <inheritdoc/>
    public override Done ReadAnswer(ref WireReader reader) => default;

    /// <summary>Reads the call's body.</summary>
    public static LearnCall Read(ref WireReader reader) => new(reader.List(EnclaveLimits.Records, ApprovedRecord.Read));
}
