#pragma warning disable CA5394 // reproducible bytes, not a secret
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace VaultGrid.Enclave.Tests.Fuzz;

/// <summary>
/// Throws bytes at one target. What led to an answer that was not seen before is kept and built upon: the target's own words, without their numbers, stand
/// for the way that was taken through its code.
/// </summary>
internal sealed partial class FuzzRun
{
    private const int LargestPool = 400;
    private const long MostAllocated = 192L << 20;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly FuzzTarget _target;
    private readonly Random _random;
    private readonly Mutation _mutation;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<byte[]> _pool = [];
    private readonly List<byte[]> _found = [];

    public FuzzRun(FuzzTarget target, IEnumerable<byte[]> seeds, int seed)
    {
        (_target, _random) = (target, new Random(seed));
        _mutation = new Mutation(_random);
        foreach (var input in seeds) Try(input);
        _found.Clear();
        if (_pool.Count == 0) _pool.Add([]);
    }

    /// <summary>Inputs beyond the seeds that led somewhere new.</summary>
    public IReadOnlyList<byte[]> Found => _found;

    /// <summary>How many ways were seen.</summary>
    public int Ways => _seen.Count;

    /// <summary>Tries so many inputs.</summary>
    /// <exception cref="DefectException">One of them showed a defect; the message holds it.</exception>
    public void Go(int count)
    {
        for (var i = 0; i < count; i++) Try(_mutation.Next(_pool[_random.Next(_pool.Count)], _pool[_random.Next(_pool.Count)]));
    }

    private void Try(byte[] input)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var started = ThreadTime();
        string way;
        try
        {
            way = Digits().Replace(_target.Run(input), "#");
        }
#pragma warning disable CA1031 // Whatever comes out that isn't an answer is what is looked for.
        catch (Exception failure) when (failure is not OutOfMemoryException)
#pragma warning restore CA1031
        {
            throw Defect(input, failure is DefectException defect ? defect.Message : failure.ToString());
        }

        var spent = GC.GetAllocatedBytesForCurrentThread() - allocated;
        if (spent > MostAllocated) throw Defect(input, $"it took {spent} bytes of memory");
        if (ThreadTime() - started > Longest) throw Defect(input, $"it took {ThreadTime() - started} of a processor");
        if (!_seen.Add(way) || _pool.Count >= LargestPool) return;
        _pool.Add(input);
        _found.Add(input);
    }

    // A processor's time, not the wall's: a busy machine is no defect.
    private static TimeSpan ThreadTime()
    {
        const int OfThisThread = 3;
        return ReadClock(OfThisThread, out var time) == 0 ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000.0) : default;
    }

    // int clock_gettime(clockid_t clockid, struct timespec *tp); 0 = done
    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ReadClock(int clock, out Moment time);

    private DefectException Defect(byte[] input, string what) =>
        new($"{_target.Name}: {what}\ninput ({input.Length} bytes), to be kept in tests/fuzz/corpus/{_target.Name}:\n{Convert.ToBase64String(input)}");

    /// <summary>struct timespec { time_t tv_sec; long tv_nsec; }</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Moment
    {
        public long Seconds;
        public long Nanoseconds;
    }

    [GeneratedRegex("[0-9]+|0x[0-9a-f]+|'[^']*'")]
    private static partial Regex Digits();
}
