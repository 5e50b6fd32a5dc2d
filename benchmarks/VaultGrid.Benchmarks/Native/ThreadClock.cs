using System.Runtime.InteropServices;

namespace VaultGrid.Benchmarks;

/// <summary>The processor time of the calling thread.</summary>
internal static class ThreadClock
{
    // CLOCK_THREAD_CPUTIME_ID, time.h
    private const int ThreadTime = 3;

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }

    // int clock_gettime(clockid_t clockid, struct timespec *tp)
    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Read(int clock, out Time time);

    public static TimeSpan Now() => Read(ThreadTime, out var time) == 0
        ? new TimeSpan((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / TimeSpan.NanosecondsPerTick))
        : throw new BenchmarkException("the processor time of a thread can't be read");
}
