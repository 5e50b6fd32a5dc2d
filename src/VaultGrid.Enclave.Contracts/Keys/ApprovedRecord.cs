using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>
/// Lasting evidence that something was approved and took effect: the request's exact bytes, its approvals, the document it names (a policy,
/// a membership record, a birth record) and the statement of the enclave that carried it out. Whoever joins later verifies it again.
/// </summary>
/// <param name="Request">The request's canonical bytes.</param>
/// <param name="Approvals">The approvals that came with it.</param>
/// <param name="Document">The document that took effect.</param>
/// <param name="Time">When, by that enclave's clock: approvals count as of this moment.</param>
/// <param name="Witness">That enclave's device certificate, DER.</param>
/// <param name="Signature">Its D key's signature over <see cref="Statement"/>.</param>
public sealed record ApprovedRecord(
    ReadOnlyMemory<byte> Request,
    IReadOnlyList<Approval> Approvals,
    ReadOnlyMemory<byte> Document,
    DateTimeOffset Time,
    ReadOnlyMemory<byte> Witness,
    ReadOnlyMemory<byte> Signature)
{
    private static ReadOnlySpan<byte> Tag => "VaultGrid/v1/approved-record\0"u8;

    /// <summary>The bytes that the carrying enclave signs: tag, time, request, document.</summary>
    public static byte[] Statement(ReadOnlySpan<byte> request, ReadOnlySpan<byte> document, DateTimeOffset time) =>
        new WireWriter().Fixed(Tag).Time(time).Bytes(request).Bytes(document).ToArray();

    /// <summary>Writes it in VaultGrid's binary encoding.</summary>
    public static void Write(WireWriter writer, ApprovedRecord record)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(record);
        writer.Bytes(record.Request.Span)
            .List(record.Approvals, Approval.Write)
            .Bytes(record.Document.Span)
            .Time(record.Time)
            .Bytes(record.Witness.Span)
            .Bytes(record.Signature.Span);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static ApprovedRecord Read(ref WireReader reader) => new(
        reader.Bytes(EnclaveLimits.Document).ToArray(),
        reader.List(Approval.Limit, Approval.Read),
        reader.Bytes(EnclaveLimits.Document).ToArray(),
        reader.Time(),
        reader.Bytes(EnclaveLimits.Certificate).ToArray(),
        reader.Bytes(EnclaveLimits.Statement).ToArray());
}
