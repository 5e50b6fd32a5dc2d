using VaultGrid.Grains;

namespace VaultGrid.Silo.Catalogue;

/// <summary>Pages, made of one row more than wanted, which tells whether there are more.</summary>
internal static class CataloguePages
{
    public static TrustPage Page(List<(long Position, TrustReport Report)> rows, int limit) => new(
        [.. rows.Take(limit).Select(row => row.Report)], rows.Count > limit ? CatalogueMark.Of(rows[limit - 1].Position) : null);

    public static DomainPage Page(DomainListing query, List<(long Position, long Number, DomainReport Report)> rows) => new(
        [.. rows.Take(query.Limit).Select(row => row.Report)],
        rows.Count > query.Limit ? CatalogueMark.Of(query, rows[query.Limit - 1].Number, rows[query.Limit - 1].Position) : null);

    public static HsmKeyPage Page(List<HsmKeyReport> rows, int limit) => new([.. rows.Take(limit)], rows.Count > limit ? CatalogueMark.Of(rows[limit - 1]) : null);

    public static OperatorPage Page(List<OperatorReport> rows, int limit) => new([.. rows.Take(limit)], rows.Count > limit ? CatalogueMark.Of(rows[limit - 1]) : null);
}
