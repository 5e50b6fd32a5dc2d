using VaultGrid.Model.Wire;

namespace VaultGrid.Model;

/// <summary>Entries of one enclave that were written together, in order, and the D key's signature over the <see cref="AuditHead"/> behind the last.</summary>
/// <param name="Entries">Each entry's bytes.</param>
/// <param name="Signature">The signature.</param>
public sealed record AuditBatch(IReadOnlyList<ReadOnlyMemory<byte>> Entries, ReadOnlyMemory<byte> Signature)
{
    /// <summary>The most entries.</summary>
    public const int Most = 1024;

    private const int SignatureLimit = 1024;

    /// <summary>Writes it in VaultGrid's binary encoding.</summary>
    public static void Write(WireWriter writer, AuditBatch batch)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(batch);
        writer.List(batch.Entries, (to, entry) => to.Bytes(entry.Span)).Bytes(batch.Signature.Span);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static AuditBatch Read(ref WireReader reader)
    {
        var entries = reader.List<ReadOnlyMemory<byte>>(Most, (ref WireReader from) => from.Bytes(AuditEntry.Largest).ToArray());
        if (entries.Count == 0) reader.Fail("a batch of audit entries is empty");
        return new AuditBatch(entries, reader.Bytes(SignatureLimit).ToArray());
    }

    /// <summary>Follows all of it.</summary>
    /// <returns>The entries, read.</returns>
    public Outcome<IReadOnlyList<AuditEntry>> Follow(AuditChain chain)
    {
        ArgumentNullException.ThrowIfNull(chain);
        var read = new List<AuditEntry>(Entries.Count);
        foreach (var bytes in Entries)
        {
            if (!chain.Follow(bytes.Span).Is(out var entry, out var wrong)) return wrong;
            read.Add(entry);
        }

        return chain.Cover(Signature.Span).Is(out _, out var refusal) ? read : refusal;
    }
}
