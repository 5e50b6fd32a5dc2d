namespace VaultGrid.LoadTest;

/// <summary>What callers saw.</summary>
/// <param name="Elapsed">How long the load ran.</param>
/// <param name="Operations">By kind of call.</param>
/// <param name="Seconds">All calls that succeeded, by the second in which they ended.</param>
/// <param name="SiloMemory">Resident bytes of the silo before and after, where it was started here.</param>
internal sealed record LoadResult(
    TimeSpan Elapsed, IReadOnlyList<OperationRecord> Operations, IReadOnlyList<Histogram> Seconds, (long Before, long After)? SiloMemory);
