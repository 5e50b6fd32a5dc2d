using System.Collections.Concurrent;
using System.Diagnostics;

namespace VaultGrid.Cli.Tests.Scripts;

/// <summary>
/// The program in a process that stays and does one command after another, so that a script's commands don't each wait for a runtime to start. In a shell it is a function
/// in the program's place; a command that reads or writes standard streams as files (<c>-</c>) still gets a process of its own, as does one that another program starts.
/// </summary>
internal sealed class WarmProgram : IDisposable
{
    private static readonly ConcurrentBag<WarmProgram> Idle = [];

    private readonly Process _process;

    private WarmProgram(string pipes, Process process) => (Pipes, _process) = (pipes, process);

    /// <summary>What a shell has to be told; it expects <see cref="Pipes"/> in the variable <c>WARM</c>.</summary>
    public static string Function { get; } = """
        vaultgrid() {
          local word code
          for word; do [ "$word" != - ] || { command vaultgrid "$@"; return; }; done
          printf '%s\0' "$PWD" "VAULTGRID_CONTEXT${VAULTGRID_CONTEXT+=$VAULTGRID_CONTEXT}" "VAULTGRID_GRID${VAULTGRID_GRID+=$VAULTGRID_GRID}" \
            "VAULTGRID_AUTHORITIES${VAULTGRID_AUTHORITIES+=$VAULTGRID_AUTHORITIES}" "VAULTGRID_CLIENT_CERT${VAULTGRID_CLIENT_CERT+=$VAULTGRID_CLIENT_CERT}" \
            "VAULTGRID_CLIENT_KEY${VAULTGRID_CLIENT_KEY+=$VAULTGRID_CLIENT_KEY}" "VAULTGRID_PASSPHRASE_FILE${VAULTGRID_PASSPHRASE_FILE+=$VAULTGRID_PASSPHRASE_FILE}" '' "$@" > "$WARM/order"
          read -r code < "$WARM/exit"
          cat "$WARM/out"; cat "$WARM/err" >&2
          return "$code"
        }

        """;

    /// <summary>The directory with its pipes.</summary>
    public string Pipes { get; }

    /// <summary>One that nobody uses.</summary>
    public static WarmProgram Rent() => Idle.TryTake(out var idle) ? idle : Start();

    /// <summary>For the next command; not where a command did not end.</summary>
    public void Return() => Idle.Add(this);

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
        Directory.Delete(Pipes, recursive: true);
    }

    // The pipes are there before anybody writes to them. The process ends when this one does, and its standard input with it.
    private static WarmProgram Start()
    {
        var pipes = Directory.CreateTempSubdirectory("vg-warm-").FullName;
        using (var making = Process.Start("mkfifo", [Path.Combine(pipes, "order"), Path.Combine(pipes, "exit")])) making.WaitForExit();
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$2\" \"$1\" >/dev/null 2>\"$1/log\"", "sh", pipes, PathOf()]) { RedirectStandardInput = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("VAULTGRID_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        return new WarmProgram(pipes, Process.Start(start)!);
    }

    private static string PathOf()
    {
        var here = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return Path.Combine(here.Parent!.Parent!.FullName, "VaultGrid.WarmCli", here.Name, "vaultgrid-warm");
    }
}
