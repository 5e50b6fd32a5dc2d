using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>
/// Asks an enclave what it waits for, and brings what witnesses said. A step that is refused with <c>witness.pending</c> is stored and takes effect once enough of them
/// have recorded it: whoever carries their words gets the step's answer here.
/// </summary>
/// <param name="Said">Witnesses' statements; none to ask only.</param>
public sealed record WitnessesCall(IReadOnlyList<SignedStatement> Said) : EnclaveCall<WitnessNeed>
{
    private const int Most = MembershipRecord.NodeLimit;

    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.Witnesses;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.List(Said, SignedStatement.Write);
    }

    /// <inheritdoc/>
    public override WitnessNeed ReadAnswer(ref WireReader reader) => WitnessNeed.Read(ref reader);

    /// <summary>Reads the call's body.</summary>
    public static WitnessesCall Read(ref WireReader reader) => new(reader.List(Most, SignedStatement.Read));
}

/// <summary>Asks an enclave to be another's witness: it records what is newer, durably, and signs what it holds. Answered before its own start is complete.</summary>
/// <param name="Request">The other's <see cref="WitnessRequest"/>.</param>
public sealed record WitnessCall(SignedStatement Request) : EnclaveCall<SignedStatement>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.Witness;

    /// <inheritdoc/>
    public override void Write(WireWriter writer) => SignedStatement.Write(writer, Request);

    /// <inheritdoc/>
    public override SignedStatement ReadAnswer(ref WireReader reader) => SignedStatement.Read(ref reader);

    /// <summary>Reads the call's body.</summary>
    public static WitnessCall Read(ref WireReader reader) => new(SignedStatement.Read(ref reader));
}
