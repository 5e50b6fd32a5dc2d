using System.Globalization;

namespace VaultGrid.LocalGrid;

/// <summary>
/// A PostgreSQL of the grid's own, for silos on Orleans: a new data directory, a Unix socket in it that only its owner reaches, no network.
/// Run by root it becomes the system's <c>postgres</c> user, since PostgreSQL refuses to run as root. What it holds goes with it.
/// </summary>
internal sealed class LocalPostgres : IAsyncDisposable
{
    private const string Owner = "postgres";
    private const string Installed = "/usr/lib/postgresql";

    private readonly string _directory = Directory.CreateTempSubdirectory("vg-pg-").FullName;
    private readonly string _programs = Programs();
    private readonly string _log;
    private readonly LocalProcess _server;

    public LocalPostgres(string log, bool safe)
    {
        _log = log;

        // SIGINT is the fast shutdown: sessions end, and no shared memory stays behind.
        _server = Process(
            "postgres", ["-D", Data, "-k", _directory, "-c", "listen_addresses=", "-c", "max_connections=200", "-c", safe ? "fsync=on" : "fsync=off"], death: "INT");
    }

    public string Connection => $"Host={_directory};Username={Owner};Database={Owner};Maximum Pool Size=40";

    private string Data => Path.Combine(_directory, "data");

    /// <summary>Starts it where it does not run, and waits until it takes connections.</summary>
    public async Task StartAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (_server.IsRunning) return;
        if (Environment.IsPrivilegedProcess) await RunAsync(new LocalProcess("chown", "chown", [Owner, _directory], _log), cancellationToken).ConfigureAwait(false);
        if (!Directory.Exists(Data))
        {
            await RunAsync(
                Process("initdb", ["-D", Data, "-U", Owner, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"]), cancellationToken).ConfigureAwait(false);
        }

        await _server.StartAsync().ConfigureAwait(false);
        await _server.WaitAsync(AcceptsAsync, timeout, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        // Its answer to SIGTERM is to wait for its clients; they have gone.
        await _server.DisposeAsync().ConfigureAwait(false);
        if (Directory.Exists(_directory)) Directory.Delete(_directory, recursive: true);
    }

    private static async Task RunAsync(LocalProcess step, CancellationToken cancellationToken)
    {
        await using (step.ConfigureAwait(false))
        {
            var code = await step.RunAsync(cancellationToken).ConfigureAwait(false);
            if (code != 0) throw step.Failed($"ended with exit code {code.ToString(CultureInfo.InvariantCulture)}");
        }
    }

    private static string Programs() =>
        (Directory.Exists(Installed) ? Directory.GetDirectories(Installed) : [])
            .Select(version => Path.Combine(version, "bin"))
            .Where(bin => File.Exists(Path.Combine(bin, "initdb")))
            .MaxBy(bin => bin, StringComparer.Ordinal)
        ?? throw new LocalGridException("a grid on Orleans keeps its state in PostgreSQL, which is not installed: apt-get install postgresql");

    // A change of user clears what the launcher asked the kernel for, so it is asked for again after it.
    private LocalProcess Process(string program, IReadOnlyList<string> arguments, string death = "KILL")
    {
        string[] user = Environment.IsPrivilegedProcess ? [$"--reuid={Owner}", $"--regid={Owner}", "--clear-groups"] : [];
        return new LocalProcess("database", "setpriv", [.. user, "--pdeathsig", death, Path.Combine(_programs, program), .. arguments], _log);
    }

    private async Task<bool> AcceptsAsync(CancellationToken cancellationToken)
    {
        var probe = Process("pg_isready", ["-q", "-h", _directory]);
        await using (probe.ConfigureAwait(false))
            return await probe.RunAsync(cancellationToken).ConfigureAwait(false) == 0;
    }
}
