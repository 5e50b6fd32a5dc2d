using System.Diagnostics;
using System.Runtime.InteropServices;

namespace VaultGrid.LocalGrid;

/// <summary>One process of the grid, its words kept in a log file. It can be killed and started again.</summary>
public sealed class LocalProcess : IAsyncDisposable
{
    private const int TailLines = 15;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly IReadOnlyList<string> _arguments;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private string _program;
    private Process? _process;

    internal LocalProcess(string name, string program, IReadOnlyList<string> arguments, string log, IReadOnlyDictionary<string, string>? environment = null)
    {
        (Name, _program, _arguments, LogFile) = (name, program, arguments, log);
        _environment = environment ?? new Dictionary<string, string>();
    }

    /// <summary>What people call it, such as <c>enclave 1/2</c>.</summary>
    public string Name { get; }

    /// <summary>Where its words are kept.</summary>
    public string LogFile { get; }

    /// <summary>True while it runs.</summary>
    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Its process id; 0 while it does not run.</summary>
    public int Id => IsRunning ? _process!.Id : 0;

    /// <summary>The end of its log.</summary>
    public string Tail() => File.Exists(LogFile) ? string.Join('\n', File.ReadLines(LogFile).TakeLast(TailLines)) : "";

    /// <summary>Kills it at once, as a power cut would.</summary>
    public async Task KillAsync()
    {
        if (_process is not { HasExited: false } running) return;
        running.Kill();
        await running.WaitForExitAsync().ConfigureAwait(false);
    }

    /// <summary>Asks it to stop, and kills it if it doesn't.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_process is null) return;
        await StopAsync(Grace).ConfigureAwait(false);
        _process.Dispose();
        _process = null;
    }

    /// <summary>Asks it to stop; kills it if it doesn't within <paramref name="grace"/>, as a service manager would.</summary>
    /// <returns>True if it stopped by itself.</returns>
    public async Task<bool> StopAsync(TimeSpan grace)
    {
        if (_process is not { HasExited: false } running) return true;
        Signals.Stop(running.Id);
        using var patience = new CancellationTokenSource(grace);
        try
        {
            await running.WaitForExitAsync(patience.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            await KillAsync().ConfigureAwait(false);
            return false;
        }
    }

    /// <summary>From its next start on it runs another program, such as a newer version, with the same configuration.</summary>
    public void Become(string program) => _program = program;

    internal async Task StartAsync()
    {
        if (IsRunning) return;
        _process?.Dispose();

        // The shell only opens the log and becomes the program (exec), so that signals and the exit code are the program's own.
        var start = new ProcessStartInfo("setpriv") { UseShellExecute = false };
        foreach (var argument in (string[])["--pdeathsig", "KILL", "sh", "-c", "exec \"$@\" </dev/null >>\"$VAULTGRID_LOG\" 2>&1", "sh", _program, .. _arguments])
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in _environment) start.Environment[name] = value;
        start.Environment["VAULTGRID_LOG"] = LogFile;

        // A program's own host looks for the runtime in fixed places only; this process knows where one is.
        start.Environment.TryAdd("DOTNET_ROOT", Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")));
        _process = await Launcher.StartAsync(start).ConfigureAwait(false);
    }

    /// <summary>Runs it to its end and gives its exit code.</summary>
    internal async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await StartAsync().ConfigureAwait(false);
        await _process!.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        return _process.ExitCode;
    }

    /// <summary>Waits until it is ready; fails with the end of its log if it ends first or takes too long.</summary>
    internal async Task WaitAsync(Func<CancellationToken, Task<bool>> ready, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await ready(cancellationToken).ConfigureAwait(false))
        {
            if (!IsRunning) throw Failed($"ended with exit code {_process?.ExitCode}");
            if (Stopwatch.GetElapsedTime(started) > timeout) throw Failed($"is not ready after {timeout.TotalSeconds:0} seconds");
            await Task.Delay(TimeSpan.FromMilliseconds(25), cancellationToken).ConfigureAwait(false);
        }
    }

    internal LocalGridException Failed(string how)
    {
        var tail = Tail();
        return new LocalGridException(tail.Length == 0 ? $"{Name} {how}; its log {LogFile} is empty" : $"{Name} {how}; its log ends:\n{tail}");
    }
}
