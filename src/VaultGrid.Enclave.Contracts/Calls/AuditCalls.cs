using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>Asks for the end of the enclave's audit log, signed with a nonce of the asker's: an <see cref="AuditHead"/>.</summary>
/// <param name="Nonce">16 to 64 fresh random bytes.</param>
public sealed record AuditHeadCall(ReadOnlyMemory<byte> Nonce) : EnclaveCall<SignedStatement>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.AuditHead;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Bytes(Nonce.Span);
    }

    /// <inheritdoc/>
    public override SignedStatement ReadAnswer(ref WireReader reader) => SignedStatement.Read(ref reader);

    /// <summary>Reads the call's body.</summary>
    public static AuditHeadCall Read(ref WireReader reader)
    {
        var nonce = reader.Memory(AuditHead.LongestNonce);
        if (nonce.Length < AuditHead.ShortestNonce) reader.Fail($"a nonce has {AuditHead.ShortestNonce} to {AuditHead.LongestNonce} bytes");
        return new AuditHeadCall(nonce);
    }
}

/// <summary>Asks for entries of the enclave's audit log.</summary>
/// <param name="From">The first number wanted.</param>
public sealed record AuditEntriesCall(ulong From) : EnclaveCall<AuditPart>
{
    /// <summary>How many bytes of entries an answer has at most, a single batch apart.</summary>
    public const int AnswerBytes = 1024 * 1024;

    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.AuditEntries;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.U64(From);
    }

    /// <inheritdoc/>
    public override AuditPart ReadAnswer(ref WireReader reader) => AuditPart.Read(ref reader);

    /// <summary>Reads the call's body.</summary>
    public static AuditEntriesCall Read(ref WireReader reader) => new(Math.Max(reader.U64(), 1));
}

/// <summary>
/// Brings a checkpoint of the grid's merged log. The enclave compares it with the last that it has seen and notes in its own log that it extends it; one
/// that doesn't is refused with <c>audit.tampered</c>: the merged log was changed.
/// </summary>
/// <param name="Size">How many entries the merged log has.</param>
/// <param name="Root">Their Merkle root (RFC 6962).</param>
/// <param name="From">The size of the checkpoint that the enclave knows (<see cref="AuditPart.TreeSize"/>); else <c>state.stale</c>.</param>
/// <param name="Proof">The consistency proof between the two.</param>
public sealed record AuditCheckpointCall(ulong Size, Hash256 Root, ulong From, IReadOnlyList<Hash256> Proof) : EnclaveCall<Done>
{
    private const int LongestProof = 64;

    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.AuditCheckpoint;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.U64(Size).Hash(Root).U64(From).List(Proof, (to, hash) => to.Hash(hash));
    }

    /// <inheritdoc/>
    public override Done ReadAnswer(ref WireReader reader) => default;

    /// <summary>Reads the call's body.</summary>
    public static AuditCheckpointCall Read(ref WireReader reader) =>
        new(reader.U64(), reader.Hash(), reader.U64(), reader.List(LongestProof, (ref WireReader from) => from.Hash()));
}
