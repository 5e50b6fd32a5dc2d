using System.Globalization;
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
        var rest = Rest(query, mark);
        var ofCluster = $"cluster = {mark}cluster";
        var asOther = $"other.cluster = {mark}cluster";
        if (query.Customer is not null)
        {
            var within = query.Cluster is null
                ? ""
                : $" AND ({ofCluster} OR EXISTS (SELECT 1 FROM request_cluster other WHERE {asOther} AND other.position = request_history.position))";
            return Page("request_customer own JOIN request_history USING (position)", $" AND own.customer = {mark}customer{within}{rest}", mark);
        }

        if (query.Cluster is null) return Page("request_history", rest, mark);

        // A request of several clusters stands under its first; to the others leads a table that is empty for all else. A page of each, then of both.
        var first = Page("request_history", $" AND {ofCluster}{rest}", mark);
        var others = Page("request_cluster other JOIN request_history USING (position)", $" AND {asOther}{rest}", mark);
        return $"SELECT position, report FROM (SELECT * FROM ({first}) one UNION ALL SELECT * FROM ({others}) two) found ORDER BY position DESC LIMIT {mark}limit";
    }

    public static List<(string Name, object Value)> Parameters(HistoryQuery query, long below)
    {
        List<(string, object)> parameters = [("below", below), ("limit", query.Limit + 1)];
        if (query.Cluster is { } cluster) parameters.Add(("cluster", (long)cluster.Number));
        if (query.Caller is { } caller) parameters.Add(("caller", caller));
        if (query.Customer is { } customer) parameters.Add(("customer", customer));
        return parameters;
    }

    private static string Page(string source, string conditions, char mark) =>
        $"SELECT position, report FROM {source} WHERE position < {mark}below{conditions} ORDER BY position DESC LIMIT {mark}limit";

    private static string Rest(HistoryQuery query, char mark)
    {
        var state = query.State is { } wanted ? string.Create(CultureInfo.InvariantCulture, $" AND state = {(int)wanted}") : "";
        var open = query.State is { } other && other != RequestState.Done ? string.Create(CultureInfo.InvariantCulture, $" AND state <> {(int)RequestState.Done}") : "";
        return state + open + (query.Caller is null ? "" : $" AND caller = {mark}caller");
    }
}
