using System.Collections;
using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;
using VaultGrid.Enclave.Native;

namespace VaultGrid.Enclave;

/// <summary>What the process gives up before it reads its first secret: diagnostics port, core dumps, being traced, new privileges, files open to others.</summary>
internal static class Hardening
{
    private const string Diagnostics = "DOTNET_EnableDiagnostics";
    private const string Itself = "/proc/self/exe";

    /// <summary>
    /// The runtime opens its diagnostics port before any code of ours runs, and whoever has our uid could inject code through it: so without
    /// the variable the program puts itself in its own place, with it. Comes back only where nothing has to be done, or it failed.
    /// </summary>
    public static Outcome<Done> WithoutDiagnostics()
    {
        if (Environment.GetEnvironmentVariable(Diagnostics) == "0") return default(Done);

        RemoveDiagnosticsPorts();
        var arguments = File.ReadAllText("/proc/self/cmdline").Split('\0')[..^1];
        List<string> environment = [$"{Diagnostics}=0"];
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if ((string)variable.Key != Diagnostics) environment.Add($"{variable.Key}={variable.Value}");
        }

        _ = Posix.Execute(Itself, Pointers(arguments), Pointers(environment));
        return Refused("start again without the .NET diagnostics port (set DOTNET_EnableDiagnostics=0)");
    }

    /// <summary>No core dumps, no tracer, no new privileges, new files for the owner alone.</summary>
    public static Outcome<Done> Apply()
    {
        _ = Posix.SetFileMask(0b000_111_111);
        if (Posix.SetLimit(Posix.ResourceCore, new Posix.ResourceLimit(0, 0)) != 0) return Refused("turn core dumps off");

        // Not dumpable also means: no ptrace, and /proc/<pid>/mem belongs to root (prctl(2), proc(5)).
        if (Posix.ProcessControl(Posix.SetDumpable, 0, 0, 0, 0) != 0) return Refused("forbid being traced and dumped");
        if (Posix.ProcessControl(Posix.SetNoNewPrivileges, 1, 0, 0, 0) != 0) return Refused("give up gaining privileges");
        RaiseLockedMemory();
        return default(Done);
    }

    // As much locked memory as the system allows. Too little shows where it is needed, with what to do about it.
    private static void RaiseLockedMemory()
    {
        if (Posix.GetLimit(Posix.ResourceLockedMemory, out var limit) == 0 && limit.Soft < limit.Hard)
            _ = Posix.SetLimit(Posix.ResourceLockedMemory, new Posix.ResourceLimit(limit.Hard, limit.Hard));
    }

    // The image that is replaced doesn't clean up after itself.
    private static void RemoveDiagnosticsPorts()
    {
        var folder = Path.GetTempPath();
        foreach (var pattern in new[] { "dotnet-diagnostic-{0}-*-socket", "clr-debug-pipe-{0}-*-in", "clr-debug-pipe-{0}-*-out" })
        {
            var own = string.Format(CultureInfo.InvariantCulture, pattern, Environment.ProcessId);
            foreach (var port in Directory.EnumerateFiles(folder, own)) File.Delete(port);
        }
    }

    // For execve: strings in native memory, ended by a null pointer. Nothing frees them: the process image goes.
    private static nint[] Pointers(IReadOnlyCollection<string> strings) => [.. strings.Select(Marshal.StringToCoTaskMemUTF8), 0];

    private static Refusal Refused(string what) =>
        new(RefusalCode.EnclaveFault, $"the enclave could not {what}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
}
