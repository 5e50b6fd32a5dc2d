namespace VaultGrid.Enclave;

/// <summary>The part of the store that changes without a step: counters and notes that a rollback may lose (protocols §2). In format 2 alarm counters alone.</summary>
internal static class UnversionedPart
{
    /// <summary>Writes it in the state's format.</summary>
    public static byte[] Write(VaultState state)
    {
        if (StoreFormat.For(state) < StoreFormat.Sections) return state.Alarms.ToBytes();
        var writer = new WireWriter();
        new StoreSections()
            .With(StoreSections.Unversioned.Alarms, state.Alarms.ToBytes())
            .With(StoreSections.Unversioned.Audit, state.Audit.ToBytes())
            .With(StoreSections.Unversioned.Witnesses, state.Witnessed.ToBytes())
            .Write(writer);
        return writer.ToArray();
    }

    /// <summary>One state's unversioned part in another.</summary>
    public static VaultState Copy(VaultState from, VaultState to) => Read(Write(from), StoreFormat.For(from), to).Value;

    /// <summary>Reads it into a state that has its versioned part.</summary>
    public static Outcome<VaultState> Read(ReadOnlySpan<byte> bytes, uint format, VaultState state)
    {
        var reader = new WireReader(bytes);
        var sections = format >= StoreFormat.Sections
            ? StoreSections.Read(ref reader, (byte)Enum.GetValues<StoreSections.Unversioned>().Max())
            : new StoreSections().With(StoreSections.Unversioned.Alarms, reader.Rest());
        if (!reader.End("the store's unversioned part", out var refusal, RefusalCode.StoreTampered)) return refusal;
        if (!AlarmCounters.Parse(sections[StoreSections.Unversioned.Alarms].Span).Is(out var alarms, out refusal)) return refusal;
        if (!AuditMark.Parse(sections[StoreSections.Unversioned.Audit].Span).Is(out var audit, out refusal)) return refusal;
        if (!WitnessBook.Parse(sections[StoreSections.Unversioned.Witnesses].Span).Is(out var witnessed, out refusal)) return refusal;
        return state with { Alarms = alarms, Audit = audit, Witnessed = witnessed };
    }
}
