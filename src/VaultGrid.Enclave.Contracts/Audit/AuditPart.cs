using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>A part of an enclave's audit log, as it signed it.</summary>
/// <param name="Certificate">Its device certificate, DER; empty before it has one.</param>
/// <param name="Last">The number of the last entry that it has.</param>
/// <param name="TreeSize">The size of the last checkpoint of the merged log that it has seen; 0 for none.</param>
/// <param name="TreeRoot">That checkpoint's root.</param>
/// <param name="Batches">The entries from the batch that holds the first one wanted; none where there are none yet.</param>
public sealed record AuditPart(ReadOnlyMemory<byte> Certificate, ulong Last, ulong TreeSize, Hash256 TreeRoot, IReadOnlyList<AuditBatch> Batches)
{
    private const int MostBatches = 65_536;

    /// <summary>Writes it in VaultGrid's binary encoding.</summary>
    public static void Write(WireWriter writer, AuditPart part)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(part);
        writer.Bytes(part.Certificate.Span).U64(part.Last).U64(part.TreeSize).Hash(part.TreeRoot).List(part.Batches, AuditBatch.Write);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static AuditPart Read(ref WireReader reader) => new(
        reader.Memory(EnclaveLimits.Certificate), reader.U64(), reader.U64(), reader.Hash(), reader.List(MostBatches, AuditBatch.Read));
}
