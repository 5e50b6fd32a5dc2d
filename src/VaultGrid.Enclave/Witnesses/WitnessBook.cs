using System.Collections.Immutable;

namespace VaultGrid.Enclave;

/// <summary>The highest version of each other enclave's store that this one has recorded as its witness. Outside the versioned part: being a witness is no step of one's own. Immutable.</summary>
internal sealed class WitnessBook
{
    /// <summary>The most records.</summary>
    public const int Capacity = 1024;

    /// <summary>Nothing recorded.</summary>
    public static readonly WitnessBook None = new([]);

    private readonly ImmutableArray<Record> _all;

    private WitnessBook(ImmutableArray<Record> all) => _all = all;

    private static ReadOnlySpan<byte> Tag => "VaultGrid/v1/witness-book\0"u8;

    /// <summary>True where nothing was recorded.</summary>
    public bool IsEmpty => _all.IsEmpty;

    /// <summary>What is recorded of a D key; null for nothing.</summary>
    public Record? Find(Hash256 deviceKey) => _all.FirstOrDefault(record => record.DeviceKey == deviceKey);

    /// <summary>The book with a newer record; the same where it isn't newer. Full, it takes no new names.</summary>
    public Outcome<WitnessBook> With(Record record)
    {
        if (Find(record.DeviceKey) is { } known) return known.Version < record.Version ? new WitnessBook(_all.Replace(known, record)) : this;
        return _all.Length < Capacity ? new WitnessBook(_all.Add(record)) : new Refusal(RefusalCode.InputTooLarge, $"an enclave is witness to at most {Capacity} others");
    }

    /// <summary>The store's section; empty where nothing was recorded.</summary>
    public byte[] ToBytes() => IsEmpty
        ? []
        : new WireWriter().Fixed(Tag).List(_all, (to, record) => to.Hash(record.DeviceKey).U64(record.Version).Hash(record.Part)).ToArray();

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    public static Outcome<WitnessBook> Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return None;
        var reader = new WireReader(bytes);
        reader.Tag(Tag);
        var all = reader.List(Capacity, (ref WireReader from) => new Record(from.Hash(), from.U64(), from.Hash()));
        return reader.End("the store's book of witnesses", out var refusal, RefusalCode.StoreTampered) ? new WitnessBook([.. all]) : refusal;
    }

    /// <summary>One enclave's.</summary>
    /// <param name="DeviceKey">SHA-256 of its D key.</param>
    /// <param name="Version">The version.</param>
    /// <param name="Part">The hash of the versioned part.</param>
    internal sealed record Record(Hash256 DeviceKey, ulong Version, Hash256 Part);
}
