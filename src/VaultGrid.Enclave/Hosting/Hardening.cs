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
    private const string Hardened = "VAULTGRID_ENCLAVE_HARDENED";

    // The thread that hears of a socket's data reads it and hands calls over itself: what it does there is short, and one wake-up less stands before each call.
    private const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";
    private const string Itself = "/proc/self/exe";
    private const nuint LockMemory = 14;
    private const nuint Capabilities = 64;

    /// <summary>
    /// The runtime opens its diagnostics port before any code of ours runs, and whoever has our uid could inject code through it: so the
    /// program puts itself in its own place once, without the port and (as root) without capabilities. Comes back only where that is done,
    /// or failed.
    /// </summary>
    /// <remarks>In between the file system becomes read-only but for the enclave's own places, where the kernel can do that.</remarks>
    public static Outcome<Done> WithoutDiagnostics(EnclaveOptions options)
    {
        if (Environment.GetEnvironmentVariable(Diagnostics) == "0" && Environment.GetEnvironmentVariable(Hardened) == "1") return default(Done);

        RemoveDiagnosticsPorts();
        DropCapabilities();
        if (!options.UnsafeNoSandbox && Confine(options).Refusal is { } unconfined) return unconfined;
        var arguments = File.ReadAllText("/proc/self/cmdline").Split('\0')[..^1];
        List<string> environment = [$"{Diagnostics}=0", $"{Hardened}=1", $"{InlineCompletions}=1"];
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if ((string)variable.Key is not (Diagnostics or Hardened or InlineCompletions)) environment.Add($"{variable.Key}={variable.Value}");
        }

        _ = Posix.Execute(Itself, Pointers(arguments), Pointers(environment));
        return Refused("start again without the .NET diagnostics port");
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

    /// <summary>From here on the kernel answers only what an enclave needs (<see cref="AllowedCalls"/>).</summary>
    public static Outcome<Done> CloseDoors(EnclaveOptions options)
    {
        if (options.UnsafeNoSandbox)
        {
            Notices.Say("warning: there is no sandbox: never with real keys");
            return default(Done);
        }

        return Seccomp.Install(options.IsNetworked);
    }

    private static Outcome<Done> Confine(EnclaveOptions options)
    {
        if (!Landlock.IsThere)
        {
            Notices.Say("warning: this kernel has no Landlock (5.13): the file system is as writable as the service's unit or the pod makes it");
            return default(Done);
        }

        if (Posix.ProcessControl(Posix.SetNoNewPrivileges, 1, 0, 0, 0) != 0) return Refused("give up gaining privileges");
        try
        {
            return Landlock.Restrict(SandboxPlaces.Directories(options), SandboxPlaces.Devices(options));
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return new Refusal(RefusalCode.EnclaveFault, failed.Message);
        }
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
            foreach (var port in Directory.EnumerateFiles(folder, own)) TryDelete(port);
        }
    }

    // Numbers of processes come again: what another user's left behind when it was killed is not ours to remove, and nothing listens there.
    private static void TryDelete(string port)
    {
        try
        {
            File.Delete(port);
        }
        catch (Exception kept) when (kept is IOException or UnauthorizedAccessException)
        {
            // It stays where it is.
        }
    }

    // capabilities(7): what leaves the bounding set is gone after execve, also for root. Locking memory is what an enclave needs of them.
    private static void DropCapabilities()
    {
        for (nuint capability = 0; capability < Capabilities; capability++)
        {
            if (capability != LockMemory) _ = Posix.ProcessControl(Posix.DropFromBoundingSet, capability, 0, 0, 0);
        }
    }

    // For execve: strings in native memory, ended by a null pointer. Nothing frees them: the process image goes.
    private static nint[] Pointers(IReadOnlyCollection<string> strings) => [.. strings.Select(Marshal.StringToCoTaskMemUTF8), 0];

    private static Refusal Refused(string what) =>
        new(RefusalCode.EnclaveFault, $"the enclave could not {what}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
}
