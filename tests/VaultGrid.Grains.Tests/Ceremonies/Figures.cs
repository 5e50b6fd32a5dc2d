using System.Diagnostics;

namespace VaultGrid.Grains.Tests.Ceremonies;

/// <summary>Measures, when asked for (<c>-explicit only</c>): figures, never a verdict.</summary>
public sealed class Figures(ITestOutputHelper output)
{
    [Fact(Explicit = true)]
    public async Task Approved_signatures_end_to_end()
    {
        await using var site = await VaultSite.StartWithKeyAsync(3);
        await MeasureAsync(site, 1, 300, 0);
        await MeasureAsync(site, 1, 1000, 10_000);
        await MeasureAsync(site, 16, 3000, 20_000);
        await MeasureAsync(site, 64, 6000, 30_000);
    }

    private async Task MeasureAsync(VaultSite site, int inFlight, int count, int first)
    {
        var calls = Enumerable.Range(first, count).Select(i => site.Approved(site.SignRequest(i, $"m/44'/60'/0'/0/{i % 50}"))).ToArray();
        var latencies = new double[count];
        var started = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = inFlight }, async (i, cancellation) =>
        {
            var at = Stopwatch.GetTimestamp();
            (await site.Grid.ExecuteApprovedAsync(calls[i].Submission, calls[i].Approvals, cancellation)).EnsureDone();
            latencies[i] = Stopwatch.GetElapsedTime(at).TotalMilliseconds;
        });
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Array.Sort(latencies);
        output.WriteLine($"approved sign, 2 of 3, {inFlight} in flight: {count / elapsed:F0}/s, median {latencies[count / 2]:F2} ms, 99th {latencies[count * 99 / 100]:F2} ms");
    }
}
