using System.Diagnostics;

namespace VaultGrid.Enclave.Tests;

/// <summary>Measures, when asked for (<c>-explicit only</c>): figures of the README, never a verdict.</summary>
public sealed class Figures(ProcessGrid grid, ITestOutputHelper output) : IClassFixture<ProcessGrid>
{
    [Fact(Explicit = true)]
    public async Task Round_trips_signatures_and_copies()
    {
        await Measure("ping, 1 in flight", 1, 20_000, () => grid.One.AskAsync(new PingCall()));
        await Measure("ping, 64 in flight", 64, 200_000, () => grid.One.AskAsync(new PingCall()));
        await Measure("status, 1 in flight", 1, 5_000, () => grid.One.AskAsync(new StatusCall()));

        var calls = Enumerable.Range(0, 6000).Select(i => grid.Grid.Approved(
            grid.Grid.Sign(grid.Key, grid.Policy, new SigningSubject.Digest(Hash256.Sha256(BitConverter.GetBytes(i))), $"m/44'/60'/{i % 3}'/0/{i}"))).ToArray();
        var next = -1;
        await Measure("sign, 2 of 3 approve, 1 in flight", 1, 2000, () => grid.One.AskAsync(calls[Interlocked.Increment(ref next)]));
        await Measure("sign, 2 of 3 approve, 64 in flight", 64, 3900, () => grid.One.AskAsync(calls[Interlocked.Increment(ref next)]));
        await Measure("duplication (join, release, accept)", 1, 50, () => grid.Three.CopyKeyAsync(grid.One));
    }


    private async Task Measure(string what, int inFlight, int count, Func<Task> call)
    {
        for (var i = 0; i < Math.Min(50, count / 20); i++) await call();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(async _ =>
        {
            for (var i = 0; i < count / inFlight; i++) await call();
        }));
        var each = clock.Elapsed / count;
        output.WriteLine($"{what}: {each.TotalMicroseconds:F1} us each, {1 / each.TotalSeconds:F0}/s");
    }
}
