using System.Net.Sockets;
using System.Runtime.InteropServices;
using VaultGrid.Enclave.Native;

namespace VaultGrid.Enclave;

/// <summary>
/// Tries from inside what the sandbox forbids, and what it has to allow, and says how each went: how an operator sees that a unit or a pod holds what it
/// promises. It opens no store and reads no secret.
/// </summary>
internal static class SandboxCheck
{
    private const int Trace = 0, TraceOfArm = 117, TraceOfX64 = 101;

    /// <summary>Runs all probes; true where each went as it should.</summary>
    public static bool Run(EnclaveOptions options, TextWriter to)
    {
        var starts = Starts();
        (string What, bool Held)[] results =
        [
            ("a socket of the internet is refused", !Opens(AddressFamily.InterNetwork) || options.IsNetworked),
            ("a socket of the internet, version 6, is refused", !Opens(AddressFamily.InterNetworkV6) || options.IsNetworked),
            ("a packet socket is refused", !Opens(AddressFamily.Packet)),
            ("a Unix socket is allowed", Opens(AddressFamily.Unix)),
            ("another program can't be started", !starts),

            // Where it could be, this would be the last that is heard of it.
            ("this program can't be replaced", !starts && Posix.Execute("/bin/true", [0], [0]) != 0),
            ("no process can be traced", Posix.SystemCall(RuntimeInformation.ProcessArchitecture == Architecture.X64 ? TraceOfX64 : TraceOfArm, Trace, 0, 0, 0) != 0),
            ("new privileges can't be gained", File.ReadAllText("/proc/self/status").Contains("NoNewPrivs:\t1", StringComparison.Ordinal)),
            ("the temporary directory is read-only", !Writes(Path.GetTempPath()) || SandboxPlaces.Directories(options).Any(place => IsWithin(Path.GetTempPath(), place))),
            ("the home directory is read-only", !Writes(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile))),
            ("the store is writable", Writes(options.Store)),
            ("the socket's directory is writable", Writes(Path.GetDirectoryName(Path.GetFullPath(options.Socket))!)),
        ];
        foreach (var (what, held) in results) to.WriteLine($"{(held ? "holds" : "FAILS")}: {what}");
        return results.All(result => result.Held);
    }

    private static bool IsWithin(string path, string place) =>
        (Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)) + "/").StartsWith(Path.TrimEndingDirectorySeparator(Path.GetFullPath(place)) + "/", StringComparison.Ordinal);

    private static bool Opens(AddressFamily family)
    {
        try
        {
            using var socket = new Socket(family, family == AddressFamily.Packet ? SocketType.Raw : SocketType.Stream, ProtocolType.Unspecified);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static bool Starts()
    {
        try
        {
            using var process = System.Diagnostics.Process.Start("/bin/true");
            return process is not null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static bool Writes(string directory)
    {
        var path = Path.Combine(directory, $".sandbox-check-{Environment.ProcessId}");
        try
        {
            File.WriteAllText(path, "");
            File.Delete(path);
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
