using System.CommandLine;
using System.Text.Json.Nodes;
using VaultGrid.Cli.Files;
using VaultGrid.Client;

namespace VaultGrid.Cli.Ca;

internal sealed class CaBundleCommand : LeafCommand
{
    private readonly Argument<string> _source = new("DIR") { Description = "Directory of the CAs, or a bundle that was written before" };
    private readonly Option<string?> _out = new("--out") { Description = "Where the bundle goes (PEM)", HelpName = "FILE" };
    private readonly Option<bool> _publish = new("--publish") { Description = "Hand the bundle to the grid: relays and every node" };

    public CaBundleCommand()
        : base("bundle", "Write all CA certificates and newest revocation lists to one file, or publish them", "vaultgrid ca bundle ca --out authorities.pem")
    {
        Arguments.Add(_source);
        Options.Add(_out);
        Options.Add(_publish);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        if (run.Get(_out) is null && !run.Get(_publish)) throw CommandEndedException.Usage("give --out FILE or --publish");
        var pem = ReadPem(run);
        var report = new JsonObject();
        var lines = new Report(report);
        if (run.Get(_out) is { } path)
        {
            new OutputFiles().Add(path, pem).Write();
            report["file"] = path;
            lines.Line($"wrote {path}");
        }

        if (!run.Get(_publish)) return lines;
        var published = await run.Grid.PublishAuthoritiesAsync(new AuthorityFile(pem), run.Cancellation).OrEnd();
        report["nodes"] = new JsonArray([.. published.Nodes.Select(node => (JsonNode)new JsonObject
        {
            ["node"] = node.Node.ToString(),
            ["refusal"] = Problems.Json(node.Refusal),
        })]);
        return lines.Table(["node", "bundle"], published.Nodes.Select(node => new[] { node.Node.ToString(), node.Refusal is { } refusal ? $"{refusal.Code}: {refusal.Detail}" : "taken" }));
    }

    private string ReadPem(Invocation run)
    {
        if (File.Exists(run.Get(_source))) return CertificateFile.ReadBundle(run.Get(_source)).ToPem();
        using var authorities = CaDirectory.Open(run, _source);
        return authorities.Bundle().ToPem();
    }
}
