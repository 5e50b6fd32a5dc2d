namespace VaultGrid.Enclave;

/// <summary>
/// A change of the store that is kept as one record beside it, where the rest of the versioned part stays: a new shared key, or the time floor alone; or what changes without a step.
/// <c>length (4) ‖ step ‖ length (4) ‖ unversioned part ‖ secrets</c>; the step is empty where there is none. Whatever replaces or removes a key writes the whole store, so that what is
/// destroyed is in no file any more.
/// </summary>
internal static class StoreStep
{
    /// <summary>Writes a step; false where the whole store has to be written.</summary>
    /// <param name="to">Where it is written.</param>
    /// <param name="disk">The state on disk.</param>
    /// <param name="next">The state that follows, with its version.</param>
    /// <param name="hash">The hash of the versioned part after it: that before it and the step, hashed.</param>
    public static bool TryWrite(SecretBuffer to, VaultState disk, VaultState next, out Hash256 hash)
    {
        hash = default;
        var added = ReferenceEquals(next.Keys, disk.Keys) ? null : next.Keys.AddedTo(disk.Keys);
        if (!IsSameBut(next with { Keys = disk.Keys, Version = disk.Version, TimeFloor = disk.TimeFloor }, disk)) return false;
        if (added is null ? !ReferenceEquals(next.Keys, disk.Keys) : added.Shared is null) return false;
        var step = new WireWriter().U64(next.Version).Time(next.TimeFloor);
        step.List<VaultKey>(added is null ? [] : [added], (writer, key) => writer.Fixed(SharesSection.Encoded(key)));
        Write(to, step.Written, next);
        if (added is not null) StoredSecrets.WriteShare(to, added);
        hash = Hash(disk.VersionedPart, step.Written);
        return true;
    }

    /// <summary>Writes what changed without a step.</summary>
    public static void WriteBeside(SecretBuffer to, VaultState next) => Write(to, [], next);

    /// <summary>True where two states have the same versioned part, as far as can be seen without writing it.</summary>
    public static bool IsSameBut(VaultState next, VaultState before) =>
        next with { Alarms = before.Alarms, Witnessed = before.Witnessed, Audit = before.Audit, VersionedPart = before.VersionedPart, IsHeld = before.IsHeld } == before;

    /// <summary>The state after a record; <c>store.tampered</c>.</summary>
    public static Outcome<VaultState> Read(SecretBytes record, VaultState state)
    {
        ReadOnlySpan<byte> rest = record.Span;
        if (!LengthPrefix.TryCut(ref rest, out var step) || !LengthPrefix.TryCut(ref rest, out var unversioned)) return Tampered("its parts do not fit");
        if (!StoredSecrets.Read(rest).Is(out var secrets, out var refusal)) return refusal;
        using (secrets)
        {
            if (!step.IsEmpty && !Take(step, secrets, state).Is(out state!, out refusal)) return refusal;
            return UnversionedPart.Read(unversioned, StoreFormat.For(state), state);
        }
    }

    private static Outcome<VaultState> Take(ReadOnlySpan<byte> step, StoredSecrets secrets, VaultState state)
    {
        var reader = new WireReader(step);
        var (version, floor) = (reader.U64(), reader.Time());
        var keys = reader.List(1, (ref WireReader from) => SharesSection.ReadStored(ref from));
        if (!reader.End("a step of the store", out var refusal, RefusalCode.StoreTampered)) return refusal;
        if (version <= state.Version) return Tampered("a step does not follow the one before it");
        foreach (var stored in keys)
        {
            if (!SharesSection.Open(stored, secrets).Is(out var key, out refusal)) return refusal;
            state = state with { Keys = state.Keys.With(key) };
        }

        return state with { Version = version, TimeFloor = floor, VersionedPart = Hash(state.VersionedPart, step) };
    }

    private static void Write(SecretBuffer to, ReadOnlySpan<byte> step, VaultState next)
    {
        var unversioned = UnversionedPart.Write(next);
        to.WriteUInt32((uint)step.Length);
        to.Write(step);
        to.WriteUInt32((uint)unversioned.Length);
        to.Write(unversioned);
    }

    private static Hash256 Hash(Hash256 before, ReadOnlySpan<byte> step) => Hash256.Of("store-step", new WireWriter().Hash(before).Fixed(step).Written);

    private static Refusal Tampered(string why) => new(RefusalCode.StoreTampered, $"the store was changed: {why}");
}
