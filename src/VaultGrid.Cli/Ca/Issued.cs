using System.Text.Json.Nodes;
using VaultGrid.Cli.Files;
using VaultGrid.Model.Certificates;
using VaultGrid.Model.Json;

namespace VaultGrid.Cli.Ca;

/// <summary>The answer of commands that certify.</summary>
internal static class Issued
{
    public static Report Report(RoleCertificate certificate, string path, string? keyPath)
    {
        var json = new JsonObject
        {
            ["identity"] = certificate.Identity.Uri,
            ["role"] = certificate.Role.Name(),
            ["serial"] = certificate.Serial.ToString(),
            ["notAfter"] = UtcTime.Format(certificate.NotAfter),
            ["key"] = Hex.Encode(certificate.Key.SpkiHash.Span),
            ["certificate"] = CertificateFile.ToPem(certificate.Der),
            ["file"] = path,
        };
        if (keyPath is not null) json["keyFile"] = keyPath;
        var claims = certificate.Claims.All.ToList();
        if (claims.Count > 0) json["claims"] = new JsonArray([.. claims.Select(claim => (JsonNode)new JsonObject { ["domain"] = claim.Domain.ToString(), ["operations"] = ClaimOption.Text(claim.Operations) })]);
        var report = new Report(json)
            .Line($"certified {certificate.Identity}")
            .Field("certificate", path);
        if (keyPath is not null) report.Field("private key", $"{keyPath} (encrypted)");
        foreach (var claim in claims) report.Field("may use", $"Domain {claim.Domain}: {ClaimOption.Text(claim.Operations)}");
        return report.Field("public key, SHA-256", Hex.Encode(certificate.Key.SpkiHash.Span)).Field("valid until", UtcTime.Format(certificate.NotAfter));
    }
}
