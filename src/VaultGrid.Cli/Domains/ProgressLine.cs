using System.Diagnostics;
using System.Globalization;

namespace VaultGrid.Cli.Domains;

/// <summary>How far a file is, on stderr: one line that is written over on a terminal; nothing elsewhere, so that logs stay short.</summary>
internal sealed class ProgressLine(string what, long? total, bool shown) : IProgress<long>, IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(200);

    private readonly long _start = Stopwatch.GetTimestamp();
    private TimeSpan _next = Every;
    private bool _written;

    /// <summary>Bytes taken so far.</summary>
    public long Done { get; private set; }

    public void Report(long value)
    {
        Done = value;
        if (!shown || Stopwatch.GetElapsedTime(_start) is var elapsed && elapsed < _next) return;
        _next = elapsed + Every;
        var share = total is > 0 and { } all ? string.Create(CultureInfo.InvariantCulture, $"{Math.Min(100, 100.0 * value / all),5:0.0} %  ") : "";
        Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\rvaultgrid: {what} {share}{value / 1048576.0:0.0} MiB, {value / 1048576.0 / elapsed.TotalSeconds:0} MiB/s   "));
        _written = true;
    }

    public void Dispose()
    {
        if (_written) Console.Error.Write("\r" + new string(' ', 70) + "\r");
    }
}
