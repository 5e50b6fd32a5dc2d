using System.Diagnostics;

namespace VaultGrid.Benchmarks;

/// <summary>Tight loops on threads of their own.</summary>
internal static class Rate
{
    // The runtime compiles what is called often anew, once nothing new has come for 100 ms: until then it is several times slower. What consists of many such things takes longer.
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(600);
    private const int WarmUps = 8;
    private const double Faster = 1.05;

    /// <summary>Operations per second on so many threads together, in several rounds after a warm-up.</summary>
    /// <param name="effort">How long.</param>
    /// <param name="threads">How many threads.</param>
    /// <param name="make">Makes the operation of one thread.</param>
    public static Sample Of(Effort effort, int threads, Func<Action> make)
    {
        var operations = Enumerable.Range(0, threads).Select(_ => make()).ToArray();
        Round(operations, effort.Round / 2, out var _);
        return Sample.Of(Enumerable.Range(0, effort.Rounds).Select(_ => Round(operations, effort.Round, out var _)).ToArray());
    }

    /// <summary>
    /// Operations per second of one thread's processor time: on an idle machine the time on the clock, and on a busy one not much else. For
    /// operations that only compute.
    /// </summary>
    public static Sample OfOneCore(Effort effort, Action operation)
    {
        var rate = Compute(operation, WarmUp);
        for (var (again, before) = (1, 0.0); again < WarmUps && rate > before * Faster; again++) (before, rate) = (rate, Compute(operation, WarmUp));
        return Sample.Of(Enumerable.Range(0, effort.Rounds).Select(_ => Compute(operation, effort.Round)).ToArray());
    }

    /// <summary>The processor time that this process has used.</summary>
    public static TimeSpan ProcessorTime()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime;
    }

    /// <summary>One round: operations per second of all threads together, and how many they did.</summary>
    public static double Round(IReadOnlyList<Action> operations, TimeSpan duration, out long done)
    {
        using var start = new Barrier(operations.Count);
        var rates = new double[operations.Count];
        var counts = new long[operations.Count];
        var threads = operations.Select((operation, place) => new Thread(() =>
        {
            start.SignalAndWait();
            (rates[place], counts[place]) = Loop(operation, duration);
        })).ToList();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        done = counts.Sum();
        return rates.Sum();
    }

    private static double Compute(Action operation, TimeSpan duration)
    {
        var (done, started, used) = (0L, Stopwatch.GetTimestamp(), ThreadClock.Now());
        do
        {
            operation();
            done++;
        }
        while (Stopwatch.GetElapsedTime(started) < duration);
        return done / (ThreadClock.Now() - used).TotalSeconds;
    }

    private static (double Rate, long Done) Loop(Action operation, TimeSpan duration)
    {
        var (done, started) = (0L, Stopwatch.GetTimestamp());
        while (true)
        {
            operation();
            done++;
            var elapsed = Stopwatch.GetElapsedTime(started);
            if (elapsed >= duration) return (done / elapsed.TotalSeconds, done);
        }
    }
}
