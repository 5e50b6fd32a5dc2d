using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>Asks for the <see cref="ShareStatement"/> about a shared key, D-signed, with the enclave's certificate.</summary>
/// <remarks>Refuses <c>key.unknown</c>, also for a key that isn't shared.</remarks>
/// <param name="Key">The hash of the key's birth record.</param>
public sealed record DescribeShareCall(Hash256 Key) : EnclaveCall<SignedStatement>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.DescribeShare;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Hash(Key);
    }

    /// <inheritdoc/>
    public override SignedStatement ReadAnswer(ref WireReader reader) => SignedStatement.Read(ref reader);

    /// <summary>Reads the call's body.</summary>
    public static DescribeShareCall Read(ref WireReader reader) => new(reader.Hash());
}

/// <summary>
/// Brings a version that has its certificate to an enclave that missed it: it is in force then, and an older share is destroyed. A holder that has no share of it has
/// it repaired. A version that is known, or older, changes nothing.
/// </summary>
/// <remarks>
/// Refuses: votes that are no quorum, or not the holders' (<c>session.mismatch</c>), a version that does not follow the one in force (<c>state.stale</c>: the versions in between come
/// first), a key that isn't known without its evidence (<c>key.unknown</c>), evidence that does not verify.
/// </remarks>
/// <param name="Certified">The version.</param>
/// <param name="Evidence">The key's evidence; null where the enclave knows the key.</param>
/// <param name="Request">The approved request of a resharing that made it, else empty.</param>
/// <param name="Approvals">Its approvals.</param>
public sealed record LearnVersionCall(
    CertifiedVersion Certified, KeyEvidence? Evidence, ReadOnlyMemory<byte> Request, IReadOnlyList<Approval> Approvals) : EnclaveCall<Done>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.LearnVersion;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        CertifiedVersion.Write(writer, Certified);
        writer.List<KeyEvidence>(Evidence is { } evidence ? [evidence] : [], KeyEvidence.Write).Bytes(Request.Span).List(Approvals, Approval.Write);
    }

    /// <inheritdoc/>
    public override Done ReadAnswer(ref WireReader reader) => default;

    /// <summary>Reads the call's body.</summary>
    public static LearnVersionCall Read(ref WireReader reader) => new(
        CertifiedVersion.Read(ref reader), reader.List(1, KeyEvidence.Read) is [var evidence] ? evidence : null,
        reader.Memory(EnclaveLimits.Document), reader.List(Approval.Limit, Approval.Read));
}

/// <summary>Asks for a <see cref="ShareBackup"/> of the enclave's share, D-signed. Anybody may have one: only a quorum of the key's administrators opens it.</summary>
/// <remarks>
/// Refuses: <c>key.unknown</c>; certificates that are not those of all administrators of the key's policy in force, in its order (<c>approval.stranger</c>,
/// <c>certificate.*</c>); a share that isn't here (<c>state.conflict</c>).
/// </remarks>
/// <param name="Key">The hash of the key's birth record.</param>
/// <param name="Administrators">The administrators' certificates, DER, in the order of the policy.</param>
public sealed record BackupShareCall(Hash256 Key, IReadOnlyList<ReadOnlyMemory<byte>> Administrators) : EnclaveCall<SignedStatement>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.BackupShare;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Hash(Key).List(Administrators, (to, certificate) => to.Bytes(certificate.Span));
    }

    /// <inheritdoc/>
    public override SignedStatement ReadAnswer(ref WireReader reader) => SignedStatement.Read(ref reader);

    /// <summary>Reads the call's body.</summary>
    public static BackupShareCall Read(ref WireReader reader) => new(
        reader.Hash(), reader.List(KeyPolicy.AdminLimit, (ref WireReader from) => from.Memory(EnclaveLimits.Certificate)));
}
