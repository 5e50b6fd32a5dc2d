namespace VaultGrid.Enclave;

/// <summary>
/// The sections in which a store of format 3 and later says what format 1 doesn't know: <c>count (4)</c>, then for each <c>number (1) ‖ length (4) ‖ bytes</c>, in
/// ascending order, none of them empty. Whoever owns a section owns its encoding; a number is never used again.
/// </summary>
internal sealed class StoreSections
{
    /// <summary>The longest section.</summary>
    public const int MaximumLength = 64 * 1024 * 1024;

    private const int Most = 64;

    private readonly SortedDictionary<byte, IReadOnlyList<ReadOnlyMemory<byte>>> _sections = [];

    /// <summary>Numbers in the versioned part.</summary>
    public enum Versioned : byte
    {
        /// <summary>Wrap keys that wait for their dealers.</summary>
        WrapKeys = 1,

        /// <summary><see cref="TrustSection"/>.</summary>
        Trusts = 2,

        /// <summary><see cref="SharesSection"/>.</summary>
        Shares = 3,
    }

    /// <summary>Numbers in the unversioned part.</summary>
    public enum Unversioned : byte
    {
        /// <summary><see cref="AlarmCounters"/>.</summary>
        Alarms = 1,

        /// <summary><see cref="AuditMark"/>.</summary>
        Audit = 2,

        /// <summary><see cref="WitnessBook"/>.</summary>
        Witnesses = 3,
    }

    /// <summary>Adds a section; an empty one is none.</summary>
    public StoreSections With(Versioned section, ReadOnlyMemory<byte> bytes) => With((byte)section, [bytes]);

    /// <summary>Adds a section that is there in pieces, which are not copied together before it is written.</summary>
    public StoreSections WithPieces(Versioned section, IReadOnlyList<ReadOnlyMemory<byte>> pieces) => With((byte)section, pieces);

    /// <inheritdoc cref="With(Versioned, ReadOnlyMemory{byte})"/>
    public StoreSections With(Unversioned section, ReadOnlyMemory<byte> bytes) => With((byte)section, [bytes]);

    /// <summary>A section's bytes; none where the store has none.</summary>
    public ReadOnlyMemory<byte> this[Versioned section] => Find((byte)section);

    /// <inheritdoc cref="this[Versioned]"/>
    public ReadOnlyMemory<byte> this[Unversioned section] => Find((byte)section);

    /// <summary>Writes them.</summary>
    public void Write(WireWriter writer) => writer.List([.. _sections], (to, section) =>
    {
        to.U8(section.Key).U32(checked((uint)LengthOf(section.Value)));
        foreach (var piece in section.Value) to.Fixed(piece.Span);
    });

    /// <summary>Reads what <see cref="Write"/> wrote; sections of a number past <paramref name="last"/> are of a newer program and fail.</summary>
    public static StoreSections Read(ref WireReader reader, byte last)
    {
        var sections = new StoreSections();
        var previous = 0;
        foreach (var (number, bytes) in reader.List(Most, (ref WireReader from) => (from.U8(), from.Memory(MaximumLength))))
        {
            if (number <= previous || number > last || bytes.IsEmpty) reader.Fail("sections that are unknown, empty or out of order");
            sections._sections[number] = [bytes];
            previous = number;
        }

        return sections;
    }

    private static long LengthOf(IReadOnlyList<ReadOnlyMemory<byte>> pieces) => pieces.Sum(piece => (long)piece.Length);

    // What was read is in one piece.
    private ReadOnlyMemory<byte> Find(byte number) => _sections.TryGetValue(number, out var pieces) ? pieces.Single() : default;

    private StoreSections With(byte number, IReadOnlyList<ReadOnlyMemory<byte>> pieces)
    {
        if (LengthOf(pieces) > 0) _sections.Add(number, pieces);
        return this;
    }
}
