using System.Diagnostics;
using System.Security.Cryptography;

namespace VaultGrid.Enclave.Tests;

/// <summary>A real enclave: its own process, store and socket; it can be killed at any moment and started again.</summary>
internal sealed class EnclaveProcess : IAsyncDisposable
{
    private static readonly string Executable = Path.Combine(AppContext.BaseDirectory, "vaultgrid-enclave");

    private readonly List<string> _log = [];
    private readonly SemaphoreSlim _logged = new(0);
    private Process? _process;
    private EnclaveConnection? _connection;

    public EnclaveProcess()
    {
        Root = Directory.CreateTempSubdirectory("vg-").FullName;
        File.WriteAllBytes(KeyFile, RandomNumberGenerator.GetBytes(32));
        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public string Root { get; }

    public string KeyFile => Path.Combine(Root, "key");

    public string Store => Path.Combine(Root, "store");

    public string StoreFile => Path.Combine(Store, "store.sealed");

    public string Socket => Path.Combine(Root, "socket");

    /// <summary>Switches of another adapter than the software one with its key file.</summary>
    public IReadOnlyList<string>? Adapter { get; set; }

    /// <summary>Variables that the adapter's library wants.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; set; } = new Dictionary<string, string>();

    /// <summary>More switches.</summary>
    public IReadOnlyList<string> Arguments { get; set; } = [];

    public int Id => _process!.Id;

    /// <summary>The port; it stays the same when the process is started again.</summary>
    public EnclaveConnection Connection => _connection ??= new EnclaveConnection(Socket);

    /// <summary>What it said on standard error.</summary>
    public string Log
    {
        get
        {
            lock (_log) return string.Join('\n', _log);
        }
    }

    /// <summary>Starts it and waits until it answers.</summary>
    public async Task StartAsync()
    {
        if (await TryStartAsync() is { } code) throw new InvalidOperationException($"The enclave ended with {code}: {Log}");
    }

    /// <summary>Starts it; the exit code where it ended instead of answering.</summary>
    public async Task<int?> TryStartAsync()
    {
        var process = Start(["run", "--store", Store, "--socket", Socket, .. Adapter ?? ["--sealing-key-file", KeyFile], "--without-witnesses", .. Arguments]);
        _process = process;
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        if (line == "ready") return null;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    /// <summary>Waits until it has said something on standard error.</summary>
    public async Task SaidAsync(string text)
    {
        while (!Log.Contains(text, StringComparison.Ordinal))
            Assert.True(await _logged.WaitAsync(TimeSpan.FromSeconds(20)), $"the enclave never said '{text}', but: {Log}");
    }

    /// <summary>Waits until it ends by itself; the exit code.</summary>
    public async Task<int> ExitAsync()
    {
        await _process!.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM; the exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process!.Id}"]);
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null) await _connection.DisposeAsync();
        if (_process is { HasExited: false }) await KillAsync();
        _process?.Dispose();
        _logged.Dispose();
        Directory.Delete(Root, recursive: true);
    }

    private Process Start(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Executable, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("DOTNET_EnableDiagnostics");
        start.Environment.Remove("VAULTGRID_ENCLAVE_HARDENED");
        foreach (var (name, value) in Variables) start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not { } text) return;
            lock (_log) _log.Add(text);
            _logged.Release();
        };
        process.BeginErrorReadLine();
        return process;
    }
}
