using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Benchmarks;

/// <summary>Approved signatures, the whole way.</summary>
internal static class SigningRows
{
    private static readonly (int Callers, int Requests)[] Loads = [(1, 500), (8, 2000), (64, 5000), (256, 5000)];

    public static async Task MeasureAsync(Report report, Effort effort, SigningGrid grid, CancellationToken cancellationToken)
    {
        Progress.Say("an idle caller over REST");
        report.Add("approved B signature, idle caller over REST, p50", "ms", await IdleAsync(effort, grid, grid.Rest, cancellationToken));

        Progress.Say("the silo moves into this process");
        await grid.MoveSiloInsideAsync(cancellationToken);
        await WarmUpAsync(effort, grid, cancellationToken);
        await PingAsync(report, effort, grid, cancellationToken);
        report.Add("approved B signature, idle caller, p50", "ms", await IdleAsync(effort, grid, grid.Grains, cancellationToken));

        foreach (var (callers, requests) in Loads) await LoadAsync(report, effort, grid, callers, effort.Count(requests), cancellationToken);
    }

    private static async Task WarmUpAsync(Effort effort, SigningGrid grid, CancellationToken cancellationToken)
    {
        var requests = grid.Factory.Make(effort.Count(5000), _ => "m/44'/60'/0'/0/0");
        await Callers.RunAsync(16, requests.Length, at => requests[at].SignAsync(grid.Grains, cancellationToken));
    }

    private static async Task PingAsync(Report report, Effort effort, SigningGrid grid, CancellationToken cancellationToken)
    {
        await using var enclave = grid.Enclave();
        foreach (var callers in (int[])[1, 64])
        {
            var rates = new List<double>();
            for (var round = 0; round <= effort.Rounds; round++)
            {
                var run = await Callers.RunAsync(callers, effort.Count(20_000), async _ =>
                {
                    if (!(await enclave.AskAsync(new PingCall(), cancellationToken)).Is(out var _, out var refusal)) throw new BenchmarkException($"no answer to a ping: {refusal}");
                });
                if (round > 0) rates.Add(run.PerSecond);
            }

            report.Add($"enclave round trip that does nothing, {callers} caller{(callers == 1 ? "" : "s")}", "1/s", Sample.Of(rates));
        }
    }

    private static async Task<Sample> IdleAsync(Effort effort, SigningGrid grid, IVaultGrid door, CancellationToken cancellationToken)
    {
        var medians = new List<double>();
        for (var round = 0; round <= effort.Rounds; round++)
        {
            var requests = grid.Factory.Make(effort.Count(300), at => $"m/44'/60'/0'/0/{at}");
            var (run, signatures) = await SignAsync(1, requests, door, cancellationToken);
            Verify(requests, signatures);
            if (round > 0) medians.Add(Sample.Percentile(run.Milliseconds, 0.5));
        }

        return Sample.Of(medians);
    }

    private static async Task LoadAsync(Report report, Effort effort, SigningGrid grid, int callers, int count, CancellationToken cancellationToken)
    {
        List<double> rates = [], late = [], bounds = [], bare = [], inside = [], enclaves = [], all = [];
        var bound = new[] { RawRows.Approved(), RawRows.Approved() };
        for (var round = 0; round < effort.Rounds; round++)
        {
            // The bound is taken beside each round, so that both see the same machine.
            if (callers == 64)
            {
                var before = Rate.ProcessorTime();
                bounds.Add(Rate.Round(bound, effort.Round, out var approved));
                bare.Add((Rate.ProcessorTime() - before).TotalMicroseconds / approved);
            }

            // What was left behind by making the requests is no part of what signing costs.
            var requests = grid.Factory.Make(count, at => $"m/44'/60'/0'/0/{at}");
            GC.Collect();
            var (own, theirs) = (Rate.ProcessorTime(), grid.EnclaveTime());
            var (run, signatures) = await SignAsync(callers, requests, grid.Grains, cancellationToken);
            var (ownUsed, theirsUsed) = (Rate.ProcessorTime() - own, grid.EnclaveTime() - theirs);
            Verify(requests, signatures);
            rates.Add(run.PerSecond);
            late.Add(Sample.Percentile(run.Milliseconds, 0.99));
            inside.Add(ownUsed.TotalMicroseconds / count);
            enclaves.Add(theirsUsed.TotalMicroseconds / count);
            all.Add((ownUsed + theirsUsed).TotalMicroseconds / count);
        }

        var name = $"approved B signature, {callers} caller{(callers == 1 ? "" : "s")}";
        if (callers == 64) report.Add(RawRows.Bound, "1/s", Sample.Of(bounds));
        report.Add(name, "1/s", Sample.Of(rates), callers == 64 ? RawRows.Bound : null);
        report.Add($"{name}, p99", "ms", Sample.Of(late));
        if (callers != 64) return;
        report.Add($"{RawRows.Bound}: processor time", "us", Sample.Of(bare));
        report.Add($"{name}: processor time", "us", Sample.Of(all), $"{RawRows.Bound}: processor time");
        report.Add($"{name}: processor time in silo and caller", "us", Sample.Of(inside));
        report.Add($"{name}: processor time in enclaves", "us", Sample.Of(enclaves));
    }

    internal static async Task<(CallersRun Run, SignatureStatus[] Signatures)> SignAsync(
        int callers, ApprovedRequest[] requests, IVaultGrid door, CancellationToken cancellationToken)
    {
        var signatures = new SignatureStatus[requests.Length];
        var run = await Callers.RunAsync(callers, requests.Length, async at => signatures[at] = await requests[at].SignAsync(door, cancellationToken));
        return (run, signatures);
    }

    // Outside the timed part: a figure for wrong signatures would be worth nothing.
    internal static void Verify(ApprovedRequest[] requests, SignatureStatus[] signatures) =>
        Parallel.For(0, requests.Length, at => requests[at].Verify(signatures[at]));
}
