using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using VaultGrid.Client;
using VaultGrid.Client.Json;
using VaultGrid.Model.Json;

namespace VaultGrid.Cli.Domains;

/// <summary>A Domain for people and as JSON, read from its document.</summary>
internal static class DomainText
{
    public static Report Report(Domain domain, string? line = null)
    {
        var report = new Report(Json(domain));
        if (line is not null) report.Line(line);
        var (keys, body) = (domain.Keys, domain.Trust.Body);
        return report
            .Field("Domain", keys.Id)
            .Field("revision", keys.Revision.ToString(CultureInfo.InvariantCulture))
            .Field("chain", $"{body.Id}, Trust number {body.Number}")
            .Field("Trust", keys.Trust)
            .Field("owner", keys.Owner.Length == 0 ? "nobody" : keys.Owner)
            .Field("master keys", string.Join(", ", keys.Masters.Select(master => $"{MasterKeyKinds.Name(master.Kind)} version {master.Version}")))
            .Field("HSMs", string.Join(", ", body.Hsms.Select(hsm => hsm.Signatory.Identity)))
            .Field("sealed by", $"{domain.Seal.Signatory} at {UtcTime.Format(domain.Seal.Time)}");
    }

    public static JsonObject Json(Domain domain)
    {
        var (keys, body) = (domain.Keys, domain.Trust.Body);
        return new JsonObject
        {
            ["domain"] = keys.Id.ToString(),
            ["revision"] = keys.Revision,
            ["chain"] = body.Id.ToString(),
            ["trust"] = keys.Trust.ToString(),
            ["trustNumber"] = body.Number,
            ["owner"] = keys.Owner,
            ["keys"] = keys.Hash.ToString(),
            ["masterKeys"] = new JsonArray([.. keys.Masters.Select(master => (JsonNode)new JsonObject
            {
                ["version"] = master.Version, ["kind"] = MasterKeyKinds.Name(master.Kind), ["publicKey"] = Hex.Encode(master.Public.Span),
            })]),
            ["hsms"] = new JsonArray([.. body.Hsms.Select(hsm => (JsonNode)hsm.Signatory.Identity)]),
        };
    }

    public static JsonNode Json(DomainStatus status) => JsonSerializer.SerializeToNode(status with { Document = null }, VaultGridJson.Answers.DomainStatus)!;
}
