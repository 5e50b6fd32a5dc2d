using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>
/// Asks an enclave that knows a shared key to put a signature together from what its signers sent (<c>frost</c>, <c>bls</c>): every share is checked, and the signature as an
/// ordinary verifier does. It needs no share of its own.
/// </summary>
/// <remarks>
/// Refuses: a plan or packets that do not fit (<c>session.mismatch</c>), another version than the one in force (<c>session.mismatch</c>), a key it doesn't know
/// (<c>key.unknown</c>), fewer than f + 1 signers (<c>session.mismatch</c>). Bad shares are no refusal: the answer names whose they are.
/// </remarks>
/// <param name="Plan">The session's plan.</param>
/// <param name="Request">What authorised it: the request's exact bytes, or a <see cref="CallDocument"/>. The message is taken from it; approvals are not checked again.</param>
/// <param name="Packets">Everything that the signers sent to the coordinator: of <c>frost</c> the commitments that were handed to them and their shares, of <c>bls</c> the shares.</param>
public sealed record AggregateCall(SessionPlan Plan, ReadOnlyMemory<byte> Request, IReadOnlyList<SessionPacket> Packets) : EnclaveCall<AggregateAnswer>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.Aggregate;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        SessionPlan.Write(writer, Plan);
        writer.Bytes(Request.Span).List(Packets, SessionPacket.Write);
    }

    /// <inheritdoc/>
    public override AggregateAnswer ReadAnswer(ref WireReader reader) => AggregateAnswer.Read(ref reader);

    /// <summary>Reads the call's body.</summary>
    public static AggregateCall Read(ref WireReader reader) => new(
        SessionPlan.Read(ref reader), reader.Memory(EnclaveLimits.Document), reader.List(2 * HolderSet.Limit, SessionPacket.Read));
}

/// <summary>What came of an aggregation: a signature, or whose shares are bad.</summary>
/// <param name="Signature">65 bytes for schnorr, 64 for taproot and ed25519, 96 for bls; empty where there are culprits.</param>
/// <param name="PublicKey">The key that it verifies under, as verifiers have it: of the account and tweak that signed.</param>
/// <param name="Culprits">The nodes whose shares are bad: leave them out and sign again. Not a proof before others: the enclave's word.</param>
public sealed record AggregateAnswer(ReadOnlyMemory<byte> Signature, ReadOnlyMemory<byte> PublicKey, IReadOnlyList<NodeId> Culprits)
{
    private const int Limit = 128;

    /// <summary>Writes it in VaultGrid's binary encoding.</summary>
    public static void Write(WireWriter writer, AggregateAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(answer);
        writer.Bytes(answer.Signature.Span).Bytes(answer.PublicKey.Span).List(answer.Culprits, (to, node) => to.Node(node));
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static AggregateAnswer Read(ref WireReader reader) => new(
        reader.Memory(Limit), reader.Memory(Limit), reader.List(HolderSet.Limit, (ref WireReader from) => from.NodeId()));
}
