using System.Diagnostics;

namespace VaultGrid.Benchmarks;

/// <summary>What callers saw who together made a number of calls.</summary>
/// <param name="PerSecond">Calls per second of all together.</param>
/// <param name="Milliseconds">How long each call took.</param>
internal sealed record CallersRun(double PerSecond, double[] Milliseconds);

/// <summary>Callers who each make one call after the other.</summary>
internal static class Callers
{
    /// <param name="callers">How many there are.</param>
    /// <param name="calls">How many calls they make together.</param>
    /// <param name="call">Makes the call with a number from 0.</param>
    /// <param name="pause">What a caller does between two calls; not counted to either. Nothing where null.</param>
    public static async Task<CallersRun> RunAsync(int callers, int calls, Func<int, Task> call, Func<Task>? pause = null)
    {
        var (next, milliseconds, started) = (-1, new double[calls], Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(OneAsync)));
        return new CallersRun(calls / Stopwatch.GetElapsedTime(started).TotalSeconds, milliseconds);

        async Task OneAsync()
        {
            for (var at = Interlocked.Increment(ref next); at < calls; at = Interlocked.Increment(ref next))
            {
                if (pause is not null) await pause();
                var begun = Stopwatch.GetTimestamp();
                await call(at);
                milliseconds[at] = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            }
        }
    }
}
