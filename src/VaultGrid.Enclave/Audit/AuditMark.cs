namespace VaultGrid.Enclave;

/// <summary>
/// What the sealed store knows of the audit log: an entry that is on disk for certain, and what the last change of the store has to say of itself. The file beside the
/// store holds at least as much, or it was cut; what the last change has to say is written into it at the next start, should the enclave have been killed before.
/// </summary>
/// <param name="Number">The entry's number; 0 for none.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Steps">How many changes of the store have been noted.</param>
/// <param name="Pending">What the last of them noted.</param>
internal sealed record AuditMark(ulong Number, Hash256 Hash, ulong Steps, AuditNote? Pending)
{
    /// <summary>The size of the last checkpoint of the grid's log that was seen; 0 for none.</summary>
    public ulong TreeSize { get; init; }

    /// <summary>Its root.</summary>
    public Hash256 TreeRoot { get; init; }

    /// <summary>Nothing was ever written.</summary>
    public static readonly AuditMark None = new(0, default, 0, null);

    private static ReadOnlySpan<byte> Tag => "VaultGrid/v1/audit-mark\0"u8;

    /// <summary>The store's section; empty where nothing was ever written.</summary>
    public byte[] ToBytes() => this == None
        ? []
        : new WireWriter().Fixed(Tag).U64(Number).Hash(Hash).U64(Steps).List<AuditNote>(Pending is { } note ? [note] : [], AuditNote.Write).U64(TreeSize).Hash(TreeRoot).ToArray();

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    public static Outcome<AuditMark> Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return None;
        var reader = new WireReader(bytes);
        reader.Tag(Tag);
        var mark = new AuditMark(reader.U64(), reader.Hash(), reader.U64(), reader.List(1, AuditNote.Read) is [var note] ? note : null)
        {
            TreeSize = reader.U64(),
            TreeRoot = reader.Hash(),
        };
        return reader.End("the store's mark of the audit log", out var refusal, RefusalCode.StoreTampered) ? mark : refusal;
    }
}
