using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>Carries out what administrators approved: the one door for every action.</summary>
/// <param name="Request">The request's exact bytes.</param>
/// <param name="Approvals">The approvals.</param>
/// <param name="Document">The document that the request names by hash: the first or next policy, the membership record; the Trust of a <c>bootstrap-trust</c>, with its operators' signatures; else empty.</param>
public sealed record PerformCall(
    ReadOnlyMemory<byte> Request, IReadOnlyList<Approval> Approvals, ReadOnlyMemory<byte> Document) : EnclaveCall<Performed>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.Perform;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Bytes(Request.Span).List(Approvals, Approval.Write).Bytes(Document.Span);
    }

    /// <inheritdoc/>
    public override Performed ReadAnswer(ref WireReader reader) => Performed.Read(ref reader);

    /// <summary>Reads the call's body.</summary>
    public static PerformCall Read(ref WireReader reader) => new(
        reader.Memory(EnclaveLimits.Document),
        reader.List(Approval.Limit, Approval.Read),
        reader.Memory(Trust.ByteLimit));
}
