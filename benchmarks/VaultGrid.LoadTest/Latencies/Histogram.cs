using System.Numerics;

namespace VaultGrid.LoadTest;

/// <summary>
/// Counts of latencies in microseconds, log-linear: every power of two is cut into <see cref="Cuts"/> equal buckets, so that a percentile is
/// off by at most 1/32 whatever its size, in memory that does not grow. Safe from any thread.
/// </summary>
internal sealed class Histogram
{
    private const int Cuts = 32;
    private const int CutBits = 5;

    // Up to 2^32 microseconds, more than an hour.
    private const int Powers = 32 - CutBits;

    private readonly long[] _counts = new long[Cuts * (Powers + 1)];
    private long _count;
    private long _longest;

    public long Count => Interlocked.Read(ref _count);

    /// <summary>The longest latency.</summary>
    public TimeSpan Longest => TimeSpan.FromMicroseconds(Interlocked.Read(ref _longest));

    public void Add(TimeSpan latency)
    {
        var microseconds = Math.Clamp((long)latency.TotalMicroseconds, 0, uint.MaxValue);
        Interlocked.Increment(ref _counts[BucketOf(microseconds)]);
        Interlocked.Increment(ref _count);
        for (var seen = Interlocked.Read(ref _longest); microseconds > seen;)
        {
            var was = Interlocked.CompareExchange(ref _longest, microseconds, seen);
            if (was == seen) break;
            seen = was;
        }
    }

    /// <summary>The latency that a part of all calls did not exceed; zero where there were none.</summary>
    /// <param name="part">From 0 to 1.</param>
    public TimeSpan Percentile(double part)
    {
        var wanted = Math.Max(1, (long)Math.Ceiling(Count * part));
        long sum = 0;
        for (var bucket = 0; bucket < _counts.Length; bucket++)
        {
            sum += Interlocked.Read(ref _counts[bucket]);
            if (sum >= wanted) return TimeSpan.FromMicroseconds(Math.Min(HighestOf(bucket), Interlocked.Read(ref _longest)));
        }

        return TimeSpan.Zero;
    }

    // Below 32 a bucket is a microsecond wide; from there on each power of two has 32 buckets.
    private static int BucketOf(long microseconds)
    {
        if (microseconds < Cuts) return (int)microseconds;
        var power = BitOperations.Log2((ulong)microseconds) - CutBits;
        return (Cuts * power) + (int)(microseconds >> power);
    }

    private static long HighestOf(int bucket)
    {
        if (bucket < Cuts) return bucket;
        var power = (bucket / Cuts) - 1;
        return ((bucket - (Cuts * power) + 1L) << power) - 1;
    }
}
