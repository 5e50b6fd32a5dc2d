using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>
/// Has an enclave that the newest Trust doesn't name any more wipe its wrap key for the chain, for good, and sign that (<see cref="Retirement"/>). The wiping is durable before
/// the statement leaves; repeated, the same statement is answered. Nobody has to approve it: the operators' quorum did, by the Trust that names it no more.
/// </summary>
/// <remarks>Refused: <c>trust.unknown</c> (no such chain, or no Trust of it is known), <c>state.conflict</c> (the newest Trust still names this enclave), standing.</remarks>
/// <param name="Chain">The chain.</param>
public sealed record RetireChainCall(TrustId Chain) : EnclaveCall<ReadOnlyMemory<byte>>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.RetireChain;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Chain(Chain);
    }

    /// <summary>The statement (<see cref="Retirement.ToBytes"/>).</summary>
    public override ReadOnlyMemory<byte> ReadAnswer(ref WireReader reader) => reader.Memory(EnclaveLimits.Statement);

    /// <summary>Reads the call's body.</summary>
    public static RetireChainCall Read(ref WireReader reader) => new(reader.Chain());
}
