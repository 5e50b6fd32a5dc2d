using System.Globalization;
using System.Text.Json.Nodes;
using VaultGrid.Ceremony.Authorities;
using VaultGrid.Model.Certificates;
using VaultGrid.Model.Json;

namespace VaultGrid.Cli.Ca;

/// <summary>The answer of commands that write revocation lists.</summary>
internal static class Lists
{
    public static Report Report(IReadOnlyList<RevocationList> lists, GridAuthorities authorities)
    {
        var trusted = authorities.Trusted().OrEnd();
        var rows = trusted.Authorities
            .Select(authority => (Authority: authority, List: trusted.ListOf(authority)))
            .Where(pair => pair.List is not null && lists.Any(list => PublicBytes.Equal(list.Der.Span, pair.List.Der.Span)))
            .Select(pair => (pair.Authority.Identity.Uri, List: pair.List!))
            .ToList();
        var json = new JsonArray([.. rows.Select(row => (JsonNode)new JsonObject
        {
            ["issuer"] = row.Uri,
            ["number"] = row.List.Number,
            ["revoked"] = row.List.Revoked.Count,
            ["nextUpdate"] = UtcTime.Format(row.List.NextUpdate),
        })]);
        return new Report(new JsonObject { ["lists"] = json }).Table(
            ["CA", "list", "revoked", "due again"],
            rows.Select(row => new[]
            {
                row.Uri, row.List.Number.ToString(CultureInfo.InvariantCulture), row.List.Revoked.Count.ToString(CultureInfo.InvariantCulture), UtcTime.Format(row.List.NextUpdate),
            }));
    }
}
