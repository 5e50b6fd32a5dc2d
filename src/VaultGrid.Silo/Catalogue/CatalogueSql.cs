using System.Globalization;
using System.Text;
using VaultGrid.Grains;

namespace VaultGrid.Silo.Catalogue;

/// <summary>The statements of pages; each filter has an index that ends with the position, so a page costs the same wherever it begins.</summary>
internal static class CatalogueSql
{
    /// <param name="query">The query.</param>
    /// <param name="mark">What a parameter's name starts with: <c>$</c> or <c>@</c>.</param>
    public static string Trusts(TrustListing query, char mark)
    {
        // An operator's own are found by a table of who is named where.
        var sql = new StringBuilder(query.Operator is null
            ? "SELECT t.position, t.report FROM trust_catalogue t WHERE t.position < "
            : $"SELECT t.position, t.report FROM trust_operator o JOIN trust_catalogue t ON t.position = o.position WHERE o.operator = {mark}operator AND o.position < ");
        sql.Append(mark).Append("below");
        if (query.Chain is not null) sql.Append(CultureInfo.InvariantCulture, $" AND t.chain = {mark}chain");
        if (query.State is not null) sql.Append(CultureInfo.InvariantCulture, $" AND t.state = {mark}state");
        sql.Append(query.Operator is null ? " ORDER BY t.position" : " ORDER BY o.position");
        return sql.Append(CultureInfo.InvariantCulture, $" DESC LIMIT {mark}limit").ToString();
    }

    public static List<(string Name, object Value)> Parameters(TrustListing query, long below)
    {
        List<(string, object)> parameters = [("below", below), ("limit", query.Limit + 1)];
        if (query.Chain is { } chain) parameters.Add(("chain", chain.Value.ToByteArray(bigEndian: true)));
        if (query.State is { } state) parameters.Add(("state", (int)state));
        if (query.Operator is { } named) parameters.Add(("operator", named));
        return parameters;
    }

    /// <inheritdoc cref="Trusts"/>
    public static string Domains(DomainListing query, char mark)
    {
        // Those behind a Trust stand in order of their Trust: what was re-wrapped in the meantime is not passed over again and again.
        if (query.Below is not null)
        {
            return "SELECT position, trust_number, report FROM domain_catalogue"
                + $" WHERE chain = {mark}chain AND retired = 0 AND trust_number < {mark}number AND (trust_number, position) > ({mark}from, {mark}above)"
                + (query.Owner is null ? "" : $" AND owner = {mark}owner")
                + $" ORDER BY trust_number, position LIMIT {mark}limit";
        }

        var sql = new StringBuilder($"SELECT position, trust_number, report FROM domain_catalogue WHERE position > {mark}above");
        if (query.Chain is not null) sql.Append(CultureInfo.InvariantCulture, $" AND chain = {mark}chain");
        if (query.Owner is not null) sql.Append(CultureInfo.InvariantCulture, $" AND owner = {mark}owner");
        return sql.Append(CultureInfo.InvariantCulture, $" ORDER BY position LIMIT {mark}limit").ToString();
    }

    public static List<(string Name, object Value)> Parameters(DomainListing query, (long Number, long Position) above)
    {
        List<(string, object)> parameters = [("above", above.Position), ("limit", query.Limit + 1)];
        if (query.Chain is { } chain) parameters.Add(("chain", chain.Value.ToByteArray(bigEndian: true)));
        if (query.Owner is { } owner) parameters.Add(("owner", owner));
        if (query.Below is { } below)
        {
            parameters.Add(("number", checked((long)Math.Min(below, long.MaxValue))));
            parameters.Add(("from", above.Number));
        }

        return parameters;
    }

    /// <summary>HSMs' keys behind a place in their order.</summary>
    public static string HsmKeys(bool ofChain, char mark) => ofChain
        ? $"SELECT report FROM hsm_key WHERE chain = {mark}chain AND (cluster, node) > ({mark}cluster, {mark}node) ORDER BY cluster, node LIMIT {mark}limit"
        : $"SELECT report FROM hsm_key WHERE (cluster, node, chain) > ({mark}cluster, {mark}node, {mark}chain) ORDER BY cluster, node, chain LIMIT {mark}limit";

    /// <summary>Operators behind a place in their order.</summary>
    public static string Operators(char mark) =>
        $"SELECT report FROM trust_operator_key WHERE (identity, key) > ({mark}identity, {mark}key) ORDER BY identity, key LIMIT {mark}limit";
}
