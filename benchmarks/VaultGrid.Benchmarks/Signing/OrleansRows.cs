namespace VaultGrid.Benchmarks;

/// <summary>Approved signatures on Orleans with a PostgreSQL that writes to the disk: without a target, to know what several machines cost. A build on the embedded engine has no such rows.</summary>
internal static class OrleansRows
{
    private const string Name = "approved B signature on Orleans + PostgreSQL";

    public static async Task MeasureAsync(Report report, Effort effort, CancellationToken cancellationToken)
    {
        if (!LocalVaultGrid.HasSeveralSilos)
        {
            Progress.Say("Orleans + PostgreSQL: left out, this build is on the embedded engine (docs/engines.md)");
            return;
        }

        foreach (var silos in (int[])[3, 1])
        {
            Progress.Say($"Orleans + PostgreSQL: bringing up one cluster of three nodes on {silos} silo{(silos == 1 ? "" : "s")}");
            await using var grid = await SigningGrid.BringUpAsync(cancellationToken, new LocalGridOptions { Silos = silos, SafeDatabase = true });
            var over = $"{Name}, {silos} silo{(silos == 1 ? "" : "s")} and a relay over REST";
            await WarmUpAsync(effort, grid, grid.Rest, cancellationToken);
            await MeasureAsync(report, effort, grid, grid.Rest, over, cancellationToken);
            if (silos > 1) continue;

            await grid.MoveSiloInsideAsync(cancellationToken);
            await WarmUpAsync(effort, grid, grid.Grains, cancellationToken);
            await MeasureAsync(report, effort, grid, grid.Grains, Name, cancellationToken);
        }
    }

    private static async Task MeasureAsync(Report report, Effort effort, SigningGrid grid, IVaultGrid door, string name, CancellationToken cancellationToken)
    {
        List<double> idle = [], rates = [], late = [];
        for (var round = 0; round < effort.Rounds; round++)
        {
            idle.Add(Sample.Percentile((await SignAsync(1, effort.Count(200), grid, door, cancellationToken)).Milliseconds, 0.5));
            var run = await SignAsync(64, effort.Count(3000), grid, door, cancellationToken);
            rates.Add(run.PerSecond);
            late.Add(Sample.Percentile(run.Milliseconds, 0.99));
        }

        report.Add($"{name}, idle caller, p50", "ms", Sample.Of(idle));
        report.Add($"{name}, 64 callers", "1/s", Sample.Of(rates));
        report.Add($"{name}, 64 callers, p99", "ms", Sample.Of(late));
    }

    private static async Task WarmUpAsync(Effort effort, SigningGrid grid, IVaultGrid door, CancellationToken cancellationToken) =>
        await SignAsync(16, effort.Count(2000), grid, door, cancellationToken);

    private static async Task<CallersRun> SignAsync(int callers, int count, SigningGrid grid, IVaultGrid door, CancellationToken cancellationToken)
    {
        var requests = grid.Factory.Make(count, at => $"m/44'/60'/0'/0/{at}");
        var (run, signatures) = await SigningRows.SignAsync(callers, requests, door, cancellationToken);
        SigningRows.Verify(requests, signatures);
        return run;
    }
}
