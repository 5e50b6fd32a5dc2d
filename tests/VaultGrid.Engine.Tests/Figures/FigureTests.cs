using System.Diagnostics;
using System.Globalization;
using VaultGrid.Engine.Tests.Hosting;
using VaultGrid.Engine.Tests.State;
using VaultGrid.Engine.Tests.Turns;

namespace VaultGrid.Engine.Tests.Figures;

/// <summary>Measures the engine of this build; run explicitly, in a Release build. docs/engines.md keeps what was seen.</summary>
public sealed class FigureTests
{
    private const int Callers = 64;

    [Fact(Explicit = true)]
    public async Task Calls()
    {
        await using var engine = await TestEngine.StartAsync(filters: false);
        var grain = engine.Grains.GetGrain<ITurnGrain>("figures");
        await RepeatAsync(20_000, () => grain.Peek());
        Report("call, one caller", 100_000, await RepeatAsync(100_000, () => grain.Peek()));
        var grains = Enumerable.Range(0, Callers).Select(i => engine.Grains.GetGrain<ITurnGrain>($"figures {i}")).ToArray();
        Report("call, 64 callers of 64 grains", Callers * 10_000, await TogetherAsync(i => RepeatAsync(10_000, () => grains[i].Peek())));
    }

    [Fact(Explicit = true)]
    public async Task Writes()
    {
        await using var engine = await TestEngine.StartAsync(filters: false);
        var grain = engine.Grains.GetGrain<IAccountGrain>("figures");
        await RepeatAsync(200, () => grain.Add(1));
        Report("persisted write, one writer", 2_000, await RepeatAsync(2_000, () => grain.Add(1)));
        var grains = Enumerable.Range(0, Callers).Select(i => engine.Grains.GetGrain<IAccountGrain>($"figures {i}")).ToArray();
        Report("persisted write, 64 writers", Callers * 300, await TogetherAsync(i => RepeatAsync(300, () => grains[i].Add(1))));
    }

    private static async Task<TimeSpan> RepeatAsync(int times, Func<Task> action)
    {
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < times; i++)
        {
            await action();
        }

        return watch.Elapsed;
    }

    private static async Task<TimeSpan> TogetherAsync(Func<int, Task> caller)
    {
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(i => Task.Run(() => caller(i))));
        return watch.Elapsed;
    }

    private static void Report(string what, int operations, TimeSpan took) => TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what}: {took.TotalMicroseconds / operations:F1} µs, {operations / took.TotalSeconds:N0}/s"));
}
