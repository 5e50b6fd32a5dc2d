using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>
/// Tells a participant of a prepared session which request it is about to be brought, so that it verifies the approvals' signatures while another participant is at its step.
/// It promises nothing, and what the session may do does not change: the step that brings the request makes every check again, and is spared the arithmetic of those signatures alone.
/// The audit log tells of the first announced request that passes them, and is on disk by then.
/// </summary>
/// <param name="Session">The session's id.</param>
/// <param name="Request">The request's exact bytes.</param>
/// <param name="Approvals">Its approvals.</param>
public sealed record AnnounceRequestCall(Hash256 Session, ReadOnlyMemory<byte> Request, IReadOnlyList<Approval> Approvals) : EnclaveCall<Done>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.AnnounceRequest;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Hash(Session).Bytes(Request.Span).List(Approvals, Approval.Write);
    }

    /// <inheritdoc/>
    public override Done ReadAnswer(ref WireReader reader) => default;

    /// <summary>Reads the call's body.</summary>
    public static AnnounceRequestCall Read(ref WireReader reader) => new(
        reader.Hash(), reader.Memory(EnclaveLimits.Document), reader.List(Approval.Limit, Approval.Read));
}
