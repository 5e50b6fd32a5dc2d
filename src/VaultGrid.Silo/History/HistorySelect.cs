using System.Globalization;
using System.Text;
using VaultGrid.Grains;

namespace VaultGrid.Silo.History;

/// <summary>
/// The statement of a page; each combination of filters has an index that ends with the position. A state is written as a number, so that a planner sees
/// that an index of requests that are not done serves it.
/// </summary>
internal static class HistorySelect
{
    /// <param name="query">The query.</param>
    /// <param name="mark">What a parameter's name starts with: <c>$</c> or <c>@</c>.</param>
    public static string Sql(HistoryQuery query, char mark)
    {
        var sql = new StringBuilder($"SELECT position, report FROM request_history WHERE position < {mark}below");
        if (query.Cluster is not null) sql.Append($" AND cluster = {mark}cluster");
        if (query.Clusters is { IsDefaultOrEmpty: false } clusters) sql.Append(CultureInfo.InvariantCulture, $" AND cluster IN ({string.Join(',', clusters)})");
        if (query.State is { } state) sql.Append(CultureInfo.InvariantCulture, $" AND state = {(int)state}");
        if (query.State is { } other && other != RequestState.Done) sql.Append(CultureInfo.InvariantCulture, $" AND state <> {(int)RequestState.Done}");
        if (query.Caller is not null) sql.Append($" AND caller = {mark}caller");
        return sql.Append($" ORDER BY position DESC LIMIT {mark}limit").ToString();
    }

    public static List<(string Name, object Value)> Parameters(HistoryQuery query, long below)
    {
        List<(string, object)> parameters = [("below", below), ("limit", query.Limit + 1)];
        if (query.Cluster is { } cluster) parameters.Add(("cluster", (long)cluster.Number));
        if (query.Caller is { } caller) parameters.Add(("caller", caller));
        return parameters;
    }
}
