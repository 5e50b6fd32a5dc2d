using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>
/// Opens the enclave's part of a ceremony. It checks members, holders, request and approvals by itself, writes its state down and then says its first message.
/// Repeated, it answers the same; a part that a restart interrupted goes on from what was written.
/// </summary>
/// <remarks>
/// Refuses: a plan that does not fit the key, the version in force or the request (<c>session.mismatch</c>, <c>state.conflict</c>, <c>state.stale</c>), members whose
/// certificate does not count (<c>certificate.*</c>), missing approvals (<c>approval.*</c>), a refresh that isn't due (<c>state.conflict</c>), a name that is taken
/// (<c>key.exists</c>), too many ceremonies (<c>enclave.busy</c>). A refusal changes nothing.
/// </remarks>
/// <param name="Plan">The plan's bytes (<see cref="CeremonyPlan.ToBytes"/>).</param>
/// <param name="Directory">The session-key statement of every member (<see cref="SessionKeyCall"/>), in any order; those that are missing may come with a step.</param>
/// <param name="Request">The request's exact bytes, or empty: a refresh that is due, a repair.</param>
/// <param name="Approvals">Its approvals.</param>
/// <param name="Document">The first policy of a new key; the key's evidence (<see cref="KeyEvidence"/> behind the certified version in force) for a new holder; else empty.</param>
public sealed record OpenCeremonyCall(
    ReadOnlyMemory<byte> Plan, IReadOnlyList<SignedStatement> Directory, ReadOnlyMemory<byte> Request, IReadOnlyList<Approval> Approvals, ReadOnlyMemory<byte> Document) : EnclaveCall<CeremonyAnswer>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.OpenCeremony;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Bytes(Plan.Span).List(Directory, SignedStatement.Write).Bytes(Request.Span).List(Approvals, Approval.Write).Bytes(Document.Span);
    }

    /// <inheritdoc/>
    public override CeremonyAnswer ReadAnswer(ref WireReader reader) => CeremonyAnswer.Read(ref reader);

    /// <summary>Reads the call's body.</summary>
    public static OpenCeremonyCall Read(ref WireReader reader) => new(
        reader.Memory(EnclaveLimits.Document), reader.List(CeremonyPlan.MemberLimit, SignedStatement.Read), reader.Memory(EnclaveLimits.Document),
        reader.List(Approval.Limit, Approval.Read), reader.Memory(EnclaveLimits.Frame));
}

/// <summary>
/// Brings messages to a member of a ceremony, as many as there are, in any order. What was seen before is skipped; what does not verify is no message and changes
/// nothing. The answer has what follows from them.
/// </summary>
/// <remarks>Refuses: a ceremony that was not opened here, or is over (<c>session.unknown</c>).</remarks>
/// <param name="Ceremony">The ceremony's id.</param>
/// <param name="Messages">Messages for this member or for all.</param>
/// <param name="Directory">Newer session-key statements of members; shares are sealed anew to whoever lost its key.</param>
/// <param name="Proposal">What is proposed after a deadline.</param>
public sealed record StepCeremonyCall(
    Hash256 Ceremony, IReadOnlyList<CeremonyMessage> Messages, IReadOnlyList<SignedStatement> Directory, CeremonyProposal Proposal) : EnclaveCall<CeremonyAnswer>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.StepCeremony;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Hash(Ceremony).List(Messages, CeremonyMessage.Write).List(Directory, SignedStatement.Write);
        CeremonyProposal.Write(writer, Proposal);
    }

    /// <inheritdoc/>
    public override CeremonyAnswer ReadAnswer(ref WireReader reader) => CeremonyAnswer.Read(ref reader);

    /// <summary>Reads the call's body.</summary>
    public static StepCeremonyCall Read(ref WireReader reader) => new(
        reader.Hash(), reader.List(16 * CeremonyPlan.MemberLimit, CeremonyMessage.Read), reader.List(CeremonyPlan.MemberLimit, SignedStatement.Read),
        CeremonyProposal.Read(ref reader));
}

/// <summary>Asks where a ceremony is; the answer has everything that this member has said so far, sealed anew: for a coordinator that has forgotten.</summary>
/// <remarks>Refuses: a ceremony that was not opened here, or is over (<c>session.unknown</c>).</remarks>
/// <param name="Ceremony">The ceremony's id.</param>
public sealed record CeremonyStatusCall(Hash256 Ceremony) : EnclaveCall<CeremonyAnswer>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.CeremonyStatus;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Hash(Ceremony);
    }

    /// <inheritdoc/>
    public override CeremonyAnswer ReadAnswer(ref WireReader reader) => CeremonyAnswer.Read(ref reader);

    /// <summary>Reads the call's body.</summary>
    public static CeremonyStatusCall Read(ref WireReader reader) => new(reader.Hash());
}

/// <summary>Gives a ceremony up: its state is destroyed. Repeating it, or naming a ceremony that isn't known, does nothing.</summary>
/// <remarks>
/// Refuses, with <c>state.conflict</c>, where this enclave has voted for a version: it may be in force elsewhere, and only its certificate
/// (<see cref="LearnVersionCall"/>) or the approved next ceremony decides.
/// </remarks>
/// <param name="Ceremony">The ceremony's id.</param>
public sealed record CloseCeremonyCall(Hash256 Ceremony) : EnclaveCall<Done>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.CloseCeremony;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Hash(Ceremony);
    }

    /// <inheritdoc/>
    public override Done ReadAnswer(ref WireReader reader) => default;

    /// <summary>Reads the call's body.</summary>
    public static CloseCeremonyCall Read(ref WireReader reader) => new(reader.Hash());
}
