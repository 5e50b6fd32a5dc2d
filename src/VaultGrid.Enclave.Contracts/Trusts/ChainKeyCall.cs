using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>
/// Asks for the enclave's wrap key for one chain of Trusts, signed by its D key: its entry in a Trust's body (<see cref="TrustHsm.Parse"/>). Made at the first
/// call and stored; the same until the enclave retires from the chain.
/// </summary>
/// <remarks>
/// Refused: <c>node.not-member</c> and <c>certificate.*</c> (this node's standing), <c>state.conflict</c> (a wrap key of another kind was made), <c>trust.retired</c>
/// (retired from this chain for good), <c>enclave.busy</c> (<see cref="EnclaveLimits.Chains"/> chains are known). Keys that no Trust names yet are the first to go when there is no room.
/// </remarks>
/// <param name="Chain">The chain's id; of a new chain, drawn by whoever begins it.</param>
/// <param name="WrapKey">How tokens shall be encrypted.</param>
public sealed record ChainKeyCall(TrustId Chain, WrapKeyKind WrapKey) : EnclaveCall<ReadOnlyMemory<byte>>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.ChainKey;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Chain(Chain).U8((byte)WrapKey);
    }

    /// <summary>The entry (<see cref="TrustHsm.ToBytes"/>).</summary>
    public override ReadOnlyMemory<byte> ReadAnswer(ref WireReader reader) => reader.Memory(EnclaveLimits.Statement);

    /// <summary>Reads the call's body.</summary>
    public static ChainKeyCall Read(ref WireReader reader) => new(reader.Chain(), (WrapKeyKind)reader.U8());
}
