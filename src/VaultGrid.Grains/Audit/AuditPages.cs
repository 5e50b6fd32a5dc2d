namespace VaultGrid.Grains.Audit;

/// <summary>Pages of a merged log.</summary>
internal static class AuditPages
{
    /// <summary>The largest page.</summary>
    public const int LimitMax = 500;

    /// <summary>A page from a position on.</summary>
    public static async Task<Outcome<AuditEntriesReport>> ReadAsync(IAuditStore store, ClusterId cluster, ulong from, int limit, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > LimitMax) return new Refusal(RefusalCode.PageInvalid, $"a page has 1 to {LimitMax} items, not {limit}");
        var entries = ImmutableArray.CreateBuilder<AuditEntryReport>();
        for (var at = from; entries.Count < limit;)
        {
            var before = at;
            foreach (var batch in await store.ReadAsync(cluster, at, limit - entries.Count, cancellationToken))
            {
                for (var i = 0; i < batch.Batch.Entries.Count && entries.Count < limit; i++)
                {
                    var position = batch.Position + (ulong)i;
                    if (position < at) continue;
                    entries.Add(new AuditEntryReport(position, batch.Chain, batch.Batch.Entries[i], i == batch.Batch.Entries.Count - 1 ? batch.Batch.Signature : default));
                    at = position + 1;
                }
            }

            if (at == before) break;
        }

        var log = await store.LoadAsync(cluster, cancellationToken);
        var next = entries.Count == 0 ? from : entries[^1].Position + 1;
        return new AuditEntriesReport(entries.ToImmutable(), entries.Count > 0 && next < log.Size ? next : null);
    }
}
