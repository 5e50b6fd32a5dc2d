using System.Runtime.InteropServices;

namespace VaultGrid.LocalGrid;

/// <summary>Signals to processes; .NET itself only sends the hardest.</summary>
internal static class Signals
{
    private const int Terminate = 15;

    /// <summary>Asks a process to stop (SIGTERM).</summary>
    public static void Stop(int process) => _ = Kill(process, Terminate);

    // int kill(pid_t pid, int sig)
    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
