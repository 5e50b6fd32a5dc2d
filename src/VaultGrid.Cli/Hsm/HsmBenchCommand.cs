using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using VaultGrid.LocalGrid;

namespace VaultGrid.Cli.Hsm;

/// <summary>Measures shared keys on a grid of its own on this machine, and prints the table beside what was published of another system.</summary>
internal sealed class HsmBenchCommand : LeafCommand
{
    private const int LocalGridLimit = 16;
    private const int PreparedSessions = 64;

    private readonly Option<int> _nodes = new("--nodes") { Description = "How many nodes hold each key (n)", HelpName = "N", DefaultValueFactory = _ => 4 };
    private readonly Option<int> _faulty = new("--faulty") { Description = "How many of them may be malicious (f)", HelpName = "F", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _operations = new("--operations") { Description = "How many operations each row is the mean of", HelpName = "N", DefaultValueFactory = _ => 1000 };
    private readonly Option<int> _generations = new("--generations") { Description = "How many keys of each scheme are generated, at most 400", HelpName = "N", DefaultValueFactory = _ => 100 };

    public HsmBenchCommand()
        : base("bench", "Measure generation, signatures, validation, encryption and decryption for an (n, f) on this machine", "vaultgrid hsm bench --nodes 7 --faulty 2")
    {
        foreach (var option in new Option[] { _nodes, _faulty, _operations, _generations }) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var (n, f, operations, generations) = (run.Get(_nodes), run.Get(_faulty), run.Get(_operations), run.Get(_generations));
        if (f < 1 || n < (2L * f) + 1 || n > LocalGridLimit) throw CommandEndedException.Usage($"--faulty is at least 1, and --nodes from 2f + 1 to {LocalGridLimit}");
        if (operations is < 1 or > 1_000_000 || generations is < 1 or > 400) throw CommandEndedException.Usage("--operations is 1 to 1000000, --generations 1 to 400");

        run.Screen.Progress($"starting {n} enclave processes, a silo and its relay");
        try
        {
            await using var grid = await LocalVaultGrid.BringUpAsync(new LocalGridOptions { Nodes = n }, null, run.Time, run.Cancellation);
            var rows = new List<(string Name, Figure Figure)>();
            await MeasureAsync(run, grid, new SharedKeyFigures(grid.SharedKeys, grid.SharedKeys.Caller, grid.SharedKeys.Holders(n, f)), operations, generations, rows);
            return Table(rows, n, f);
        }
        catch (LocalGridException failed)
        {
            throw new CommandEndedException(ExitCode.Refused, "grid.failed", failed.Message);
        }
    }

    private static async Task MeasureAsync(Invocation run, LocalVaultGrid grid, SharedKeyFigures figures, int operations, int generations, List<(string Name, Figure Figure)> rows)
    {
        async Task AddAsync(string name, Func<Task<Figure>> measure)
        {
            run.Screen.Progress(name);
            rows.Add((name, await measure()));
        }

        Func<Task> Approve(RequestDocument request, byte[] policy)
        {
            var approvals = grid.Requests.Approve(request, 2);
            return () => grid.Requests.DoAsync(request, policy, approvals, run.Cancellation);
        }

        await grid.RestartSiloAsync(pool: 0, run.Cancellation);
        await AddAsync("DKG Schnorr", () => figures.GenerationAsync(KeyKind.FrostSecp256k1, generations, Approve, run.Cancellation));
        await AddAsync("DKG BLS", () => figures.GenerationAsync(KeyKind.Bls, generations, Approve, run.Cancellation));
        var schnorr = await figures.NewKeyAsync(KeyKind.FrostSecp256k1, run.Cancellation);
        var bls = await figures.NewKeyAsync(KeyKind.Bls, run.Cancellation);
        var symmetric = await figures.NewKeyAsync(KeyKind.Dise, run.Cancellation);
        await AddAsync("sign Schnorr", () => figures.SignatureAsync(schnorr, operations, pooled: false, run.Cancellation));
        await AddAsync("sign BLS", () => figures.SignatureAsync(bls, operations, null, run.Cancellation));
        await AddAsync("validate Schnorr", () => figures.ValidationAsync(schnorr, operations, run.Cancellation));
        await AddAsync("validate BLS", () => figures.ValidationAsync(bls, operations, run.Cancellation));
        await AddAsync("encrypt DiSE", () => figures.EncryptionAsync(symmetric, operations, run.Cancellation));
        await AddAsync("decrypt DiSE", () => figures.DecryptionAsync(symmetric, operations, run.Cancellation));
        await grid.RestartSiloAsync(PreparedSessions, run.Cancellation);
        await AddAsync("sign Schnorr pooled", () => figures.SignatureAsync(schnorr, operations, pooled: true, run.Cancellation));
    }

    private static Report Table(IReadOnlyList<(string Name, Figure Figure)> rows, int n, int f)
    {
        var json = new JsonObject
        {
            ["nodes"] = n,
            ["faulty"] = f,
            ["rows"] = new JsonArray([.. rows.Select(row => (JsonNode)new JsonObject
            {
                ["name"] = row.Name, ["unit"] = "ms", ["mean"] = Number(row.Figure.Mean), ["deviation"] = Number(row.Figure.Deviation), ["median"] = Number(row.Figure.Median),
                ["count"] = row.Figure.Count, ["published"] = PublishedFigures.For(row.Name, n, f),
            })]),
        };
        return new Report(json)
            .Line($"({n},{f}), one client over REST, all processes on this machine; milliseconds")
            .Table(["operation", "mean", "deviation", "median", "operations", "published", "mean / published"], rows.Select(row => new[]
            {
                row.Name, Text(row.Figure.Mean), Text(row.Figure.Deviation), Text(row.Figure.Median), row.Figure.Count.ToString(CultureInfo.InvariantCulture),
                PublishedFigures.For(row.Name, n, f) is { } published ? published.ToString("0.0", CultureInfo.InvariantCulture) : "-",
                PublishedFigures.For(row.Name, n, f) is { } peer ? Text(row.Figure.Mean / peer) : "-",
            }))
            .Line("published: the system that this one follows, on 16 servers with 1 GbE (docs/hsm.md)");
    }

    private static double? Number(double value) => double.IsFinite(value) ? Math.Round(value, 4) : null;

    private static string Text(double value) => double.IsFinite(value) ? value.ToString("0.000", CultureInfo.InvariantCulture) : "-";
}
