using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using VaultGrid.Model.Json;

namespace VaultGrid.Cli.Ca;

internal sealed class CaShowCommand : LeafCommand
{
    private readonly Argument<string> _directory = CaDirectory.Argument();

    public CaShowCommand()
        : base("show", "List the CAs, their revocation lists and what they certified", "vaultgrid ca show ca") => Arguments.Add(_directory);

    protected override Task<Report> RunAsync(Invocation run)
    {
        using var authorities = CaDirectory.Open(run, _directory);
        var trusted = authorities.Trusted().OrEnd();
        var cas = trusted.Authorities.Select(ca => (Ca: ca, List: trusted.ListOf(ca))).ToList();
        var json = new JsonObject
        {
            ["root"] = Hex.Encode(authorities.Root.Thumbprint.Span),
            ["authorities"] = new JsonArray([.. cas.Select(entry => (JsonNode)new JsonObject
            {
                ["identity"] = entry.Ca.Identity.Uri,
                ["notAfter"] = UtcTime.Format(entry.Ca.NotAfter),
                ["list"] = entry.List?.Number,
                ["nextUpdate"] = entry.List is { } list ? UtcTime.Format(list.NextUpdate) : null,
            })]),
            ["issued"] = new JsonArray([.. authorities.Issued.Select(entry => (JsonNode)new JsonObject
            {
                ["identity"] = entry.Identity.Uri,
                ["issuer"] = entry.Authority.Uri,
                ["serial"] = entry.Serial.ToString(),
                ["notAfter"] = UtcTime.Format(entry.NotAfter),
                ["revoked"] = entry.RevokedSince is { } since ? UtcTime.Format(since) : null,
            })]),
        };
        return Task.FromResult(new Report(json)
            .Field("root, SHA-256", Hex.Encode(authorities.Root.Thumbprint.Span))
            .Table(["CA", "valid until", "list", "due again"], cas.Select(entry => new[]
            {
                entry.Ca.Identity.Uri, UtcTime.Format(entry.Ca.NotAfter), entry.List?.Number.ToString(CultureInfo.InvariantCulture) ?? "none",
                entry.List is { } list ? UtcTime.Format(list.NextUpdate) : "-",
            }))
            .Table(["certified", "serial", "valid until", "revoked"], authorities.Issued.Select(entry => new[]
            {
                entry.Identity.Uri, entry.Serial.ToString(), UtcTime.Format(entry.NotAfter), entry.RevokedSince is { } since ? UtcTime.Format(since) : "no",
            })));
    }
}
