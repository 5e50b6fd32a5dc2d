using System.Globalization;
using VaultGrid.Grains;

namespace VaultGrid.Silo.History;

/// <summary>The mark of a page: the position of its last row, in decimal.</summary>
internal static class HistoryPosition
{
    /// <summary>The largest page.</summary>
    public const int LimitMax = 500;

    /// <summary>Where a page starts: rows below this position.</summary>
    public static Outcome<Done> TryStart(HistoryQuery query, out long below)
    {
        below = long.MaxValue;
        if (query.Limit is < 1 or > LimitMax) return new Refusal(RefusalCode.PageInvalid, $"a page has 1 to {LimitMax} items, not {query.Limit}");
        if (query.After is null) return default(Done);
        return long.TryParse(query.After, NumberStyles.None, CultureInfo.InvariantCulture, out below) && below > 0
            ? default(Done)
            : new Refusal(RefusalCode.PageInvalid, "the page's mark is none that a listing of requests gave");
    }

    /// <summary>Makes a page of one row more than wanted, which tells whether there are more.</summary>
    public static HistoryPage Page(List<(long Position, RequestReport Report)> rows, int limit) => new(
        [.. rows.Take(limit).Select(row => row.Report)],
        rows.Count > limit ? rows[limit - 1].Position.ToString(CultureInfo.InvariantCulture) : null);
}
