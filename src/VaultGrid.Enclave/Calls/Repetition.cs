namespace VaultGrid.Enclave;

/// <summary>Finds what a request that took effect before was answered: the same bytes again get the same answer, and nothing happens twice.</summary>
internal static class Repetition
{
    /// <summary>The answer of then, or null.</summary>
    public static Performed? Find(RequestDocument document, VaultState state)
    {
        if (state.Moves.FirstOrDefault(move => move.Request == document.Hash) is { } moved) return new Performed.Moved(moved.Phase);
        if (state.Alarms.WasClearedBy(document.Hash)) return new Performed.AlarmsCleared(state.Alarms.Hash);
        if ((In(state.AdminChanges, document) ?? In(state.Memberships, document)) is { } record) return new Performed.Recorded(record);
        return state.Keys.All.Select(key => InKey(key, document)).FirstOrDefault(answer => answer is not null);
    }

    private static Performed? InKey(VaultKey key, RequestDocument document)
    {
        if (key.Shared is { } shared && In(shared.Records, document) is { } done) return new Performed.Recorded(done);
        var evidence = key.Evidence;
        if (IsOf(evidence.Birth, document)) return new Performed.KeyCreated(evidence with { Changes = [] });
        return In(evidence.Changes, document) is { } record ? new Performed.Recorded(record) : null;
    }

    private static ApprovedRecord? In(IEnumerable<ApprovedRecord> records, RequestDocument document) => records.FirstOrDefault(record => IsOf(record, document));

    private static bool IsOf(ApprovedRecord record, RequestDocument document) => PublicBytes.Equal(record.Request.Span, document.Utf8.Span);
}
