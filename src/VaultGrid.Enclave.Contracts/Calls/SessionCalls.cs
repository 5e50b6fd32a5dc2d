using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>Asks for the session key of this hour: the <see cref="SessionKeyStatement"/>, signed, with the certificate.</summary>
public sealed record SessionKeyCall : EnclaveCall<SignedStatement>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.SessionKey;

    /// <inheritdoc/>
    public override void Write(WireWriter writer) { }

    /// <inheritdoc/>
    public override SignedStatement ReadAnswer(ref WireReader reader) => SignedStatement.Read(ref reader);

    /// <summary>Reads the call's body.</summary>
    public static SessionKeyCall Read(ref WireReader reader) => new();
}

/// <summary>Opens the enclave's part of a session. It checks the plan, and the request with its approvals, by itself. Repeated, it answers the same.</summary>
/// <param name="Plan">The session.</param>
/// <param name="Request">The request's exact bytes, or a <see cref="CallDocument"/> without approvals, for a session that is held for it; else empty.</param>
/// <param name="Approvals">Its approvals.</param>
public sealed record OpenSessionCall(SessionPlan Plan, ReadOnlyMemory<byte> Request, IReadOnlyList<Approval> Approvals) : EnclaveCall<SessionAnswer>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.OpenSession;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        SessionPlan.Write(writer, Plan);
        writer.Bytes(Request.Span).List(Approvals, Approval.Write);
    }

    /// <inheritdoc/>
    public override SessionAnswer ReadAnswer(ref WireReader reader) => SessionAnswer.Read(ref reader);

    /// <summary>Reads the call's body.</summary>
    public static OpenSessionCall Read(ref WireReader reader) => new(
        SessionPlan.Read(ref reader), reader.Memory(EnclaveLimits.Document), reader.List(Approval.Limit, Approval.Read));
}

/// <summary>
/// Brings one round's messages to a participant, and the request where this step is the first to need it (<c>go</c> of a prepared session). The
/// same step again is answered with the same bytes; another for a round that was answered ends the session.
/// </summary>
/// <param name="Session">The session's id.</param>
/// <param name="Round">The round.</param>
/// <param name="Packets">The round's messages to this participant.</param>
/// <param name="Request">The request's exact bytes, or a <see cref="CallDocument"/> without approvals, or empty.</param>
/// <param name="Approvals">Its approvals.</param>
public sealed record StepSessionCall(
    Hash256 Session, byte Round, IReadOnlyList<SessionPacket> Packets, ReadOnlyMemory<byte> Request, IReadOnlyList<Approval> Approvals) : EnclaveCall<SessionAnswer>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.StepSession;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Hash(Session).U8(Round).List(Packets, SessionPacket.Write).Bytes(Request.Span).List(Approvals, Approval.Write);
    }

    /// <inheritdoc/>
    public override SessionAnswer ReadAnswer(ref WireReader reader) => SessionAnswer.Read(ref reader);

    /// <summary>Reads the call's body.</summary>
    public static StepSessionCall Read(ref WireReader reader) => new(
        reader.Hash(), reader.U8(), reader.List(HolderSet.Limit, SessionPacket.Read), reader.Memory(EnclaveLimits.Document), reader.List(Approval.Limit, Approval.Read));
}

/// <summary>Gives a session up: its secrets are wiped. Repeating it, or naming a session that isn't known, does nothing.</summary>
/// <param name="Session">The session's id.</param>
public sealed record CloseSessionCall(Hash256 Session) : EnclaveCall<Done>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.CloseSession;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Hash(Session);
    }

    /// <inheritdoc/>
    public override Done ReadAnswer(ref WireReader reader) => default;

    /// <summary>Reads the call's body.</summary>
    public static CloseSessionCall Read(ref WireReader reader) => new(reader.Hash());
}
