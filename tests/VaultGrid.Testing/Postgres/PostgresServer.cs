using System.Diagnostics;

namespace VaultGrid.Testing.Postgres;

/// <summary>
/// A real PostgreSQL of its own: a fresh data directory, a Unix socket, no network. Run by root it becomes the system's
/// <c>postgres</c> user, since PostgreSQL refuses to run as root.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Owner = "postgres";

    private readonly DirectoryInfo _directory;
    private readonly bool _safe;
    private Process? _process;

    private PostgresServer(DirectoryInfo directory, bool safe) => (_directory, _safe) = (directory, safe);

    /// <summary>The directory of PostgreSQL's programs, or null where it is not installed.</summary>
    public static string? Programs { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql")
            .Select(version => Path.Combine(version, "bin"))
            .Where(bin => File.Exists(Path.Combine(bin, "initdb")))
            .MaxBy(bin => bin, StringComparer.Ordinal)
        : null;

    /// <summary>Makes and starts a server.</summary>
    /// <param name="safe">False gives up durability for speed: for tests that don't crash it.</param>
    /// <exception cref="InvalidOperationException">A PostgreSQL program failed; its output is in the message.</exception>
    public static async Task<PostgresServer> StartAsync(bool safe = false)
    {
        var directory = Directory.CreateTempSubdirectory("vg-pg-");
        await RunAsync("chmod", ["700", directory.FullName]);
        if (Environment.UserName == "root")
        {
            await RunAsync("chown", [Owner, directory.FullName]);
        }

        var server = new PostgresServer(directory, safe);
        await RunAsync(Program("initdb"), ["-D", server.Data, "-U", Owner, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"], unprivileged: true);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts it after <see cref="CrashAsync"/>, over what it had, and waits until it takes connections.</summary>
    public async Task StartAgainAsync()
    {
        string[] speed = _safe ? [] : ["-c", "fsync=off", "-c", "synchronous_commit=off"];
        var process = Start(
            Program("postgres"),
            ["-D", Data, "-k", _directory.FullName, "-c", "listen_addresses=", "-c", "max_connections=300", .. speed],
            unprivileged: true);
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                ready.TrySetException(new InvalidOperationException("PostgreSQL ended before it was ready."));
            }
            else if (line.Data.Contains("ready to accept connections", StringComparison.Ordinal))
            {
                ready.TrySetResult();
            }
        };
        process.BeginErrorReadLine();
        await ready.Task.WaitAsync(TimeSpan.FromMinutes(1));
        _process = process;
    }

    /// <summary>Ends it without a goodbye: connections break, and the next start recovers.</summary>
    public Task CrashAsync() => EndAsync("-QUIT");

    /// <summary>Makes an empty database and gives the connection string to it.</summary>
    public async Task<string> CreateDatabaseAsync(string name)
    {
        await RunAsync(Program("createdb"), ["-h", _directory.FullName, "-U", Owner, name]);
        return $"Host={_directory.FullName};Username={Owner};Database={name};Maximum Pool Size=40";
    }

    public async ValueTask DisposeAsync()
    {
        // SIGINT is PostgreSQL's fast shutdown: it ends sessions and stops.
        if (_process is not null) await EndAsync("-INT");
        _directory.Delete(recursive: true);
    }

    private string Data => Path.Combine(_directory.FullName, "data");

    private async Task EndAsync(string signal)
    {
        await RunAsync("kill", [signal, _process!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    private static string Program(string name) => Path.Combine(
        Programs ?? throw new InvalidOperationException("PostgreSQL is not installed: install the package postgresql."), name);

    private static async Task RunAsync(string program, string[] arguments, bool unprivileged = false)
    {
        using var process = Start(program, arguments, unprivileged);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} failed: {await output}{await error}");
        }
    }

    private static Process Start(string program, string[] arguments, bool unprivileged)
    {
        var start = new ProcessStartInfo { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = "/" };
        if (unprivileged && Environment.UserName == "root")
        {
            start.FileName = "setpriv";
            foreach (var argument in (string[])[$"--reuid={Owner}", $"--regid={Owner}", "--clear-groups", program])
            {
                start.ArgumentList.Add(argument);
            }
        }
        else
        {
            start.FileName = program;
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
