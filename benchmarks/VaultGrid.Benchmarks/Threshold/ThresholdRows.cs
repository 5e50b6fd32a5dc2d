using System.Globalization;

namespace VaultGrid.Benchmarks;

/// <summary>Approved signatures of several clusters, the whole way: request, approvals, session, journal, answer.</summary>
internal static class ThresholdRows
{
    private const string Plain = "raw libsecp256k1 signature, one";
    private const int Prepared = 128;
    private const int WarmedUp = 64;

    // An idle grid is one that had time to draw its noise: enclaves begin to when nothing has come for 10 ms, and two take them 12 ms.
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(60);

    // A runtime compiles hot methods anew beside what runs, once nothing new has come for 100 ms: on two cores it takes one of them from a session meanwhile. So the warm-up
    // goes on until that is done.
    private const int WarmUps = 6;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    private static readonly (int Callers, int Requests)[] Loads = [(64, 500), (8, 300), (1, 100)];

    public static async Task MeasureAsync(Report report, Effort effort, TogetherGrid grid, CancellationToken cancellationToken)
    {
        report.Add(Plain, "ms", Rate.OfOneCore(effort, Libsecp256k1.Signing()).Inverse(1000));
        (string Name, int Threshold, KeyStatus Key)[] keys = [("2-of-3", 2, grid.TwoOfThree), ("3-of-5", 3, grid.ThreeOfFive)];
        foreach (var (name, threshold, _) in keys)
        {
            report.Add(Waited(name), "ms", Rate.OfOneCore(effort, ThresholdWork.Waited(threshold)).Inverse(1000));
            report.Add($"{Alone(name)}: processor time", "ms", Rate.OfOneCore(effort, ThresholdWork.Of(threshold)).Inverse(1000));
        }

        await grid.StartSiloAsync(presign: 0, cancellationToken);
        foreach (var (name, _, key) in keys)
        {
            Progress.Say($"an idle caller, {name}, nothing prepared");
            await WarmUpAsync(grid, key, 0, cancellationToken);
            var idle = await IdleAsync(effort, grid, key, effort.Count(40), 0, cancellationToken);
            report.Add($"threshold ecdsa {name}, unprepared, idle caller, p50", "ms", idle, Waited(name));
            report.Add($"threshold ecdsa {name}, unprepared, idle caller, p50, against libsecp256k1", "ms", idle, Plain);
        }

        foreach (var (name, threshold, key) in keys) await LoadAsync(report, effort, grid, (name, threshold, key), cancellationToken);

        await grid.StartSiloAsync(Prepared, cancellationToken);
        foreach (var (name, _, key) in keys)
        {
            Progress.Say($"an idle caller, {name}, prepared");
            await WarmUpAsync(grid, key, WarmedUp, cancellationToken);
            var idle = await IdleAsync(effort, grid, key, Math.Min(Prepared, effort.Count(40)), Prepared, cancellationToken);
            report.Add($"threshold ecdsa {name}, prepared, idle caller, p50", "ms", idle, Waited(name));
            report.Add($"threshold ecdsa {name}, prepared, idle caller, p50, against libsecp256k1", "ms", idle, Plain);
        }
    }

    private static string Waited(string name) => $"raw GMP exponentiations that an idle {name} signature waits for";

    private static string Alone(string name) => string.Create(CultureInfo.InvariantCulture, $"what the exponentiations alone allow on both cores, {name}");

    private static async Task WarmUpAsync(TogetherGrid grid, KeyStatus key, int prepared, CancellationToken cancellationToken)
    {
        // A pool begins to fill once its key has been used.
        if (prepared > 0) await SignAsync(grid, key, 1, 1, cancellationToken);
        for (var round = 0; round < WarmUps; round++)
        {
            if (prepared > 0) await grid.FillAsync(key, prepared, cancellationToken);
            await SignAsync(grid, key, prepared > 0 ? 1 : 8, WarmedUp, cancellationToken);
            await Task.Delay(Pause, cancellationToken);
        }
    }

    private static async Task<Sample> IdleAsync(
        Effort effort, TogetherGrid grid, KeyStatus key, int count, int prepared, CancellationToken cancellationToken)
    {
        var medians = new List<double>();
        for (var round = 0; round <= effort.Rounds; round++)
        {
            if (prepared > 0) await grid.FillAsync(key, count, cancellationToken);
            var run = await SignAsync(grid, key, 1, count, cancellationToken, Between);
            if (round > 0) medians.Add(Sample.Percentile(run.Milliseconds, 0.5));
        }

        return Sample.Of(medians);
    }

    private static async Task LoadAsync(
        Report report, Effort effort, TogetherGrid grid, (string Name, int Threshold, KeyStatus Key) what, CancellationToken cancellationToken)
    {
        var (name, threshold, key) = what;
        var bound = new[] { ThresholdWork.Of(threshold), ThresholdWork.Of(threshold) };
        foreach (var (callers, requests) in Loads)
        {
            List<double> bounds = [], rates = [], inside = [], all = [];
            var count = effort.Count(requests);
            for (var round = 0; round < effort.Rounds; round++)
            {
                // The bound is taken beside each round, so that both see the same machine.
                if (callers == 64) bounds.Add(Rate.Round(bound, effort.Round, out _));
                var (own, theirs) = (Rate.ProcessorTime(), grid.EnclaveTime());
                rates.Add((await SignAsync(grid, key, callers, count, cancellationToken)).PerSecond);
                var (ownUsed, theirsUsed) = (Rate.ProcessorTime() - own, grid.EnclaveTime() - theirs);
                inside.Add(ownUsed.TotalMilliseconds / count);
                all.Add((ownUsed + theirsUsed).TotalMilliseconds / count);
            }

            var row = string.Create(CultureInfo.InvariantCulture, $"threshold ecdsa throughput {name}, {callers} caller{(callers == 1 ? "" : "s")}");
            if (callers == 64) report.Add(Alone(name), "1/s", Sample.Of(bounds));
            report.Add(row, "1/s", Sample.Of(rates), Alone(name));
            if (callers != 64) continue;
            report.Add($"{row}: processor time", "ms", Sample.Of(all), $"{Alone(name)}: processor time");
            report.Add($"{row}: processor time in silo and caller", "ms", Sample.Of(inside));
        }
    }

    // What was signed is verified outside the timed part.
    private static async Task<CallersRun> SignAsync(
        TogetherGrid grid, KeyStatus key, int callers, int count, CancellationToken cancellationToken, TimeSpan between = default)
    {
        var requests = grid.RequestsFor(key).Make(count, at => $"m/44/60/0/0/{at}");
        var signatures = new SignatureStatus[count];
        var run = await Callers.RunAsync(
            callers, count, async at => signatures[at] = await requests[at].SignAsync(grid.Grains, cancellationToken),
            () => between == default ? Task.CompletedTask : Task.Delay(between, cancellationToken));
        Parallel.For(0, count, at => requests[at].Verify(signatures[at]));
        return run;
    }
}
