using System.Globalization;
using System.Text.Json.Nodes;
using VaultGrid.Model.Json;

namespace VaultGrid.Cli.Trusts;

/// <summary>A Trust for people and as JSON, read from the document itself and never from what came beside it.</summary>
internal static class TrustText
{
    public static Report Report(Trust trust, TrustBody? predecessor) => Fill(new Report(Json(trust)), trust, predecessor);

    public static Report Fill(Report report, Trust trust, TrustBody? predecessor)
    {
        var body = trust.Body;
        report
            .Line($"{(trust.Seal is null ? "unsigned" : "signed")} Trust {trust.Hash}")
            .Field("chain", body.Id)
            .Field("number", Number(body.Number))
            .Field("follows", body.Predecessor?.ToString() ?? "nothing: the first of its chain")
            .Field("quorum", body.IsBootstrap ? "none: a Bootstrap Trust, approved by the administrators" : $"{body.Quorum} of {body.Operators.Length} operators")
            .Table(["HSM", "", "device key", "wrap key"], body.Hsms.Select(hsm => new[]
            {
                hsm.Signatory.Identity, Mark(predecessor, predecessor?.IndexOf(hsm.Signatory) >= 0), hsm.Signatory.Key.ToString(), $"{KindName(hsm.WrapKey.Kind)} {hsm.WrapKey.Hash}",
            }))
            .Table(["operator", "", "key", "has signed"], body.Operators.Select(certificate => new[]
            {
                certificate.Identity.Uri, Mark(predecessor, predecessor?.Operators.Any(other => Signatory.Of(other) == Signatory.Of(certificate)) == true),
                Signatory.Of(certificate).Key.ToString(), trust.Signatures.Any(signature => signature.Signatory == Signatory.Of(certificate)) ? "yes" : "no",
            }));
        foreach (var gone in Gone(body, predecessor)) report.Line($"no longer in it: {gone}");
        foreach (var other in trust.Signatures.Where(signature => body.Operators.All(own => Signatory.Of(own) != signature.Signatory)))
            report.Line($"signed, for the Trust before: {other.Signatory.Identity} ({other.Signatory.Key})");
        if (trust.Approval is { } approval) report.Field("approved by", $"{approval.Approvals.Count} administrators, request {approval.Request.Request.Id}");
        if (trust.Seal is { } seal) report.Field("sealed by", $"{seal.Signatory} at {UtcTime.Format(seal.Time)}");
        return report;
    }

    public static JsonObject Json(Trust trust)
    {
        var body = trust.Body;
        var json = new JsonObject
        {
            ["trust"] = trust.Hash.ToString(),
            ["chain"] = body.Id.ToString(),
            ["number"] = body.Number,
            ["predecessor"] = body.Predecessor?.ToString(),
            ["state"] = trust.Seal is null ? "unsigned" : "signed",
            ["quorum"] = body.Quorum,
            ["hsms"] = new JsonArray([.. body.Hsms.Select(Json)]),
            ["operators"] = new JsonArray([.. body.Operators.Select(certificate => Json(Signatory.Of(certificate)))]),
            ["signatures"] = new JsonArray([.. trust.Signatures.Select(signature =>
            {
                var each = Json(signature.Signatory);
                each["signature"] = Hex.Encode(signature.Bytes.Span);
                return (JsonNode)each;
            })]),
        };
        if (trust.Seal is { } seal) json["seal"] = new JsonObject { ["hsm"] = seal.Signatory.Identity, ["time"] = UtcTime.Format(seal.Time) };
        return json;
    }

    public static JsonObject Json(TrustHsm hsm)
    {
        var json = Json(hsm.Signatory);
        json["kind"] = KindName(hsm.WrapKey.Kind);
        json["wrapKey"] = hsm.WrapKey.Hash.ToString();
        return json;
    }

    public static string KindName(WrapKeyKind kind) => kind == WrapKeyKind.Rsa3072 ? "rsa3072" : "p256";

    private static JsonObject Json(Signatory signatory) => new() { ["identity"] = signatory.Identity, ["key"] = signatory.Key.ToString() };

    private static string Number(ulong number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Mark(TrustBody? predecessor, bool known) => predecessor is null || known ? "" : "new";

    private static IEnumerable<string> Gone(TrustBody body, TrustBody? predecessor) => predecessor is null ? [] :
    [
        .. predecessor.Hsms.Where(hsm => body.IndexOf(hsm.Signatory) < 0).Select(hsm => $"{hsm.Signatory} ({hsm.Signatory.Key})"),
        .. predecessor.Operators.Select(Signatory.Of).Except(body.Operators.Select(Signatory.Of)).Select(gone => $"{gone} ({gone.Key})"),
    ];
}
