using System.CommandLine;
using System.Text.Json.Nodes;
using VaultGrid.Cli.Ca;
using VaultGrid.LocalGrid;

namespace VaultGrid.Cli.Grids;

/// <summary>A development grid on this machine that stays up until it is told to stop.</summary>
internal sealed class GridUpCommand : LeafCommand
{
    private readonly Option<int> _clusters = new("--clusters") { Description = "How many clusters", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _nodes = new("--nodes") { Description = "How many nodes in each", DefaultValueFactory = _ => 3 };
    private readonly Option<int> _port = new("--port") { Description = "Port of the relay; 0 takes a free one", DefaultValueFactory = _ => 8443 };
    private readonly Option<string?> _directory = new("--directory")
    {
        Description = "Where the files go, and stay; must not exist [default: a temporary directory, removed at the end]", HelpName = "DIR",
    };

    private readonly Option<string> _adapter = new Option<string>("--adapter")
    {
        Description = "What the enclaves rest on; hardware is emulated by SoftHSM2 and swtpm", DefaultValueFactory = _ => "software",
    }.Among("software", "pkcs11", "tpm");

    private readonly Option<int?> _metricsPort = new("--metrics-port") { Description = "Port at which the silo's metrics can be fetched by Prometheus", HelpName = "PORT" };
    private readonly Option<Uri?> _collector = new("--collector")
    {
        Description = "Where traces and metrics go: OTLP over HTTP",
        HelpName = "URL",
        CustomParser = result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https") return url;
            result.AddError("--collector is a URL: http://host:4318");
            return null;
        },
    };

    private readonly Option<KeyId> _key = Inputs.KeyOption("--key", "Name of the key made in each cluster", "treasury");

    public GridUpCommand()
        : base("up", "Bring up a development grid on this machine; Ctrl-C stops it", "vaultgrid grid up --clusters 3 --nodes 3 --directory .grid")
    {
        foreach (var option in new Option[] { _clusters, _nodes, _port, _directory, _key, _adapter, _metricsPort, _collector }) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var (clusters, nodes, port) = (run.Get(_clusters), run.Get(_nodes), run.Get(_port));
        if (clusters is < 1 or > 16 || nodes is < 1 or > 16) throw CommandEndedException.Usage("--clusters and --nodes are 1 to 16");
        if (port is < 0 or > 65535) throw CommandEndedException.Usage("--port is 0 to 65535");
        if (run.Get(_metricsPort) is < 1 or > 65535) throw CommandEndedException.Usage("--metrics-port is 1 to 65535");
        var directory = run.Get(_directory) is { } named ? Files.OutputFiles.Check(named) : null;

        var options = new LocalGridOptions { Directory = directory, Clusters = clusters, Nodes = nodes, Port = port, Progress = new Lines(run.Screen) } with
        {
            Adapter = Enum.Parse<LocalAdapter>(run.Get(_adapter), ignoreCase: true), MetricsPort = run.Get(_metricsPort), Collector = run.Get(_collector),
        };
        await using var grid = await BringUpAsync(run, options);

        // Shown now, because the command's end is the grid's.
        run.Screen.Show(Ready(grid, run.Get(_key)));
        await StayAsync(run, grid);
        return Report.ShownAlready;
    }

    private async Task<LocalVaultGrid> BringUpAsync(Invocation run, LocalGridOptions options)
    {
        try
        {
            return await LocalVaultGrid.BringUpAsync(options, run.Get(_key), run.Time, run.Cancellation);
        }
        catch (LocalGridException failed)
        {
            throw new CommandEndedException(ExitCode.Refused, "grid.failed", failed.Message);
        }
    }

    private static async Task StayAsync(Invocation run, LocalVaultGrid grid)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, run.Cancellation);
        }
        catch (OperationCanceledException)
        {
            run.Screen.Progress($"stopping {grid.Nodes.Count} enclaves and the silo");
        }
    }

    private static Report Ready(LocalVaultGrid grid, KeyId key)
    {
        var ceremony = grid.Ceremony;
        var settings = new JsonObject
        {
            ["VAULTGRID_GRID"] = grid.Address.GetLeftPart(UriPartial.Authority),
            ["VAULTGRID_AUTHORITIES"] = ceremony.AuthoritiesFile,
            ["VAULTGRID_CLIENT_CERT"] = ceremony.ClientCertificateFile,
            ["VAULTGRID_CLIENT_KEY"] = ceremony.ClientKeyFile,
            ["VAULTGRID_PASSPHRASE_FILE"] = ceremony.PassphraseFile,
        };
        var json = new JsonObject
        {
            ["grid"] = grid.Address.GetLeftPart(UriPartial.Authority),
            ["directory"] = grid.Directory,
            ["key"] = key.ToString(),
            ["nodes"] = new JsonArray([.. grid.Nodes.Select(node => (JsonNode)new JsonObject { ["node"] = node.Id.ToString(), ["socket"] = node.Socket, ["process"] = node.Process.Id })]),
            ["admins"] = new JsonArray([.. ceremony.Admins.Select(admin => (JsonNode)new JsonObject { ["certificate"] = admin.CertificateFile, ["key"] = admin.KeyFile })]),
            ["adminsPolicy"] = ceremony.AdminsPolicyFile,
            ["environment"] = settings,
        };
        var report = new Report(json)
            .Line("the grid is up; in another terminal:")
            .Line("");
        foreach (var (name, value) in settings) report.Line($"  export {name}={value}");
        return report
            .Line($"  vaultgrid key accounts {key} --cluster 1")
            .Line("")
            .Field("REST", grid.Address.GetLeftPart(UriPartial.Authority))
            .Field("admins", string.Join(", ", ceremony.Admins.Select(admin => Path.GetFileName(admin.CertificateFile))) + $" in {ceremony.Directory}")
            .Field("passphrase", $"of every key: {ceremony.PassphraseFile} (development only)")
            .Table(["node", "process", "socket"], grid.Nodes.Select(node => new[]
            {
                node.Id.ToString(), node.Process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), node.Socket,
            }))
            .Line("Ctrl-C stops it");
    }

    private sealed class Lines(Screen screen) : IProgress<string>
    {
        public void Report(string value) => screen.Progress(value);
    }
}
