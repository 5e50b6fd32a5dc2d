using System.CommandLine;
using System.Text.Json.Nodes;
using VaultGrid.Ceremony.Authorities;
using VaultGrid.Ceremony.Keys;
using VaultGrid.Cli.Files;

namespace VaultGrid.Cli.Ca;

internal sealed class CaInitCommand : LeafCommand
{
    private readonly Argument<string> _directory = CaDirectory.Argument();
    private readonly Option<int> _clusters = new("--clusters") { Description = "How many clusters get a CA, numbered from 1", DefaultValueFactory = _ => 1 };
    private readonly Option<string> _organization = new("--organization") { Description = "Name in the certificates", DefaultValueFactory = _ => "VaultGrid" };
    private readonly Option<string> _kind = CaDirectory.KeyKind();
    private readonly Option<bool> _fast = CaDirectory.UnsafeFast();

    public CaInitCommand()
        : base("init", "Make the Root, Admin, Operator, Relay, Device and Cluster CAs, each with its first revocation list", "vaultgrid ca init ca --clusters 3 --passphrase-file ca.pass")
    {
        Arguments.Add(_directory);
        foreach (var option in new Option[] { _clusters, _organization, _kind, _fast }) Options.Add(option);
    }

    protected override Task<Report> RunAsync(Invocation run)
    {
        var count = run.Get(_clusters);
        if (count is < 1 or > 1000) throw CommandEndedException.Usage("--clusters lies between 1 and 1000");
        var directory = OutputFiles.Check(run.Get(_directory));
        var options = new AuthorityOptions
        {
            Organization = run.Get(_organization),
            KeyKind = CaDirectory.ParseKind(run.Get(_kind)),
            Protection = run.Get(_fast) ? KeyProtection.UnsafeFast : KeyProtection.Standard,
        };
        using var passphrase = PassphraseSource.ReadNew(run.Get(CommonOptions.PassphraseFile), "the CA");
        var clusters = Enumerable.Range(1, count).Select(number => new ClusterId((uint)number)).ToList();
        using var authorities = GridAuthorities.Create(directory, clusters, options, passphrase, run.Time).OrEnd();

        var report = new Report(new JsonObject
        {
            ["directory"] = directory,
            ["root"] = Hex.Encode(authorities.Root.Thumbprint.Span),
            ["authorities"] = new JsonArray([.. authorities.Authorities.Select(ca => (JsonNode)ca.Identity.Uri)]),
        });
        return Task.FromResult(report
            .Line($"made {authorities.Authorities.Count} CAs in {directory}")
            .Field("root, SHA-256", Hex.Encode(authorities.Root.Thumbprint.Span))
            .Line("compare this fingerprint on every machine that is to trust the grid"));
    }
}
