using System.Text.Json;
using System.Text.Json.Nodes;
using VaultGrid.Client;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Cli.Files;

/// <summary>An approval as a file: <c>{ "certificate": PEM, "signature": 0x… }</c>.</summary>
internal static class ApprovalFile
{
    private const int Limit = 64 * 1024;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Approval Read(string path)
    {
        var fault = new Refusal(RefusalCode.ApprovalMalformed, $"{path} is not an approval: expected {{\"certificate\": PEM, \"signature\": \"0x…\"}} and nothing else");
        JsonObject? json;
        try
        {
            json = JsonNode.Parse(InputFile.Bytes(path, Limit)) as JsonObject;
            if (json is not { Count: 2 }) throw CommandEndedException.Refused(fault);
            if (Text(json, "certificate") is not { } pem || !Hex.TryDecode(Text(json, "signature"), out var signature)) throw CommandEndedException.Refused(fault);
            return new Approval(CertificateFile.Parse(pem, path).OrEnd(path).Der, signature);
        }
        catch (Exception malformed) when (malformed is JsonException or ArgumentException)
        {
            throw CommandEndedException.Refused(fault);
        }
    }

    public static JsonObject ToJson(Approval approval) => new()
    {
        ["certificate"] = CertificateFile.ToPem(approval.Certificate),
        ["signature"] = Hex.Encode(approval.Signature.Span),
    };

    public static string ToText(Approval approval) => ToJson(approval).ToJsonString(Indented) + "\n";

    public static RequestApproval ForGrid(Approval approval) => new(approval.Certificate, approval.Signature);

    public static RoleCertificate CertificateOf(Approval approval) => RoleCertificate.Parse(approval.Certificate.Span).OrEnd();

    private static string? Text(JsonObject json, string member) => json[member] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
