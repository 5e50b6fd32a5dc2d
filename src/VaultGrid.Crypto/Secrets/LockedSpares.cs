namespace VaultGrid.Crypto;

/// <summary>
/// Mappings of larger blocks that were given back, kept for the next block of the same size: mapping, locking and unmapping them takes longer than a short computation
/// in them, and stops every other thread of the process for a moment. Few and short, so that they keep little locked memory from others. Any thread may call.
/// </summary>
/// <param name="most">How many are kept.</param>
/// <param name="longest">Bytes of the longest that is kept.</param>
internal sealed class LockedSpares(int most, int longest)
{
    private readonly Lock _gate = new();
    private readonly List<LockedPages> _spare = [];

    /// <summary>Takes a mapping of at least so many bytes, zeroed.</summary>
    /// <exception cref="LockedMemoryException">The limit of locked memory is reached, also without those that were kept.</exception>
    public LockedPages Rent(int bytes)
    {
        var page = Environment.SystemPageSize;
        var length = checked((bytes + page - 1) / page * page);
        lock (_gate)
        {
            var at = _spare.FindLastIndex(spare => spare.Length == length);
            if (at >= 0)
            {
                var spare = _spare[at];
                _spare.RemoveAt(at);
                return spare;
            }
        }

        try
        {
            return LockedPages.Map(bytes);
        }
        catch (LockedMemoryException) when (Clear())
        {
            return LockedPages.Map(bytes);
        }
    }

    /// <summary>Takes back a mapping that the caller has wiped. Where too many are kept the oldest goes.</summary>
    public void Return(LockedPages pages)
    {
        var goes = pages;
        if (pages.Length <= longest)
        {
            lock (_gate)
            {
                _spare.Add(pages);
                goes = _spare.Count > most ? _spare[0] : null;
                if (goes is not null) _spare.RemoveAt(0);
            }
        }

        goes?.Unmap();
    }

    // False where there was nothing to give up.
    private bool Clear()
    {
        List<LockedPages> all;
        lock (_gate)
        {
            all = [.. _spare];
            _spare.Clear();
        }

        foreach (var pages in all) pages.Unmap();
        return all.Count > 0;
    }
}
