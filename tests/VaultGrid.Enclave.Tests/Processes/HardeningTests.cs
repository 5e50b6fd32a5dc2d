using System.Diagnostics;

namespace VaultGrid.Enclave.Tests;

/// <summary>What the running process gives away to others: nothing.</summary>
public sealed class HardeningTests : IAsyncLifetime
{
    private static readonly string[] Nobody = ["--reuid=65534", "--regid=65534", "--clear-groups"];

    private readonly EnclaveProcess _enclave = new();

    public async ValueTask InitializeAsync() => await _enclave.StartAsync();

    public ValueTask DisposeAsync() => _enclave.DisposeAsync();

    [Fact]
    public void It_has_no_diagnostics_socket()
    {
        Assert.Empty(Directory.EnumerateFiles(Path.GetTempPath(), $"dotnet-diagnostic-{_enclave.Id}-*"));
        Assert.Empty(Directory.EnumerateFiles(Path.GetTempPath(), $"clr-debug-pipe-{_enclave.Id}-*"));
        Assert.DoesNotContain("dotnet-diagnostic", File.ReadAllText("/proc/net/unix").Split('\n').Where(line => line.Contains($"-{_enclave.Id}-", StringComparison.Ordinal)));
    }

    [Fact]
    public void It_leaves_no_core_dump_and_gains_no_privileges()
    {
        var core = File.ReadLines($"/proc/{_enclave.Id}/limits").Single(line => line.StartsWith("Max core file size", StringComparison.Ordinal));
        Assert.Equal(["0", "0"], core.Split(' ', StringSplitOptions.RemoveEmptyEntries)[4..6]);
        Assert.Contains("NoNewPrivs:\t1", File.ReadAllText($"/proc/{_enclave.Id}/status"), StringComparison.Ordinal);
    }

    [Fact]
    public void It_has_no_capability_but_to_lock_memory()
    {
        var held = File.ReadLines($"/proc/{_enclave.Id}/status").Single(line => line.StartsWith("CapEff:", StringComparison.Ordinal))[7..].Trim();
        Assert.Equal(0UL, ulong.Parse(held, System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture) & ~(1UL << 14));
    }

    [Fact]
    public async Task Its_memory_is_not_readable_by_its_own_user()
    {
        // Not dumpable: /proc/<pid>/mem belongs to root, so a process of the very same user can't open it. As root the test looks through another user's eyes.
        if (!Environment.IsPrivilegedProcess)
        {
            Assert.ThrowsAny<UnauthorizedAccessException>(() => File.OpenRead($"/proc/{_enclave.Id}/mem"));
            return;
        }

        if (!File.Exists("/usr/bin/setpriv")) Assert.Skip("setpriv (util-linux) is not there");
        var (folder, enclave) = await OfAnotherUserAsync();
        const string Script = "\"$0\" run --store s --socket k --sealing-key-file key > out 2> err & while ! grep -q ready out; do kill -0 $! || exit 9; sleep 0.05; done; head -c 1 /proc/$!/mem; code=$?; kill $!; exit $code";
        var code = await RunAsync(folder, "setpriv", [.. Nobody, "sh", "-c", Script, enclave]);
        Assert.True(code is not (0 or 9), code == 0 ? "its memory was readable" : $"the enclave did not start as another user: {File.ReadAllText(Path.Combine(folder, "err"))}");
    }

    [Fact]
    public async Task It_starts_beside_a_diagnostics_port_that_another_users_process_of_its_number_left()
    {
        if (!Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/setpriv")) Assert.Skip("needs root and setpriv to be another user");
        var (folder, enclave) = await OfAnotherUserAsync();
        var temporary = Directory.CreateTempSubdirectory("vg-").FullName;
        File.SetUnixFileMode(temporary, (UnixFileMode)0b001_111_111_111);
        string[] script = ["-c", $"touch \"$1/dotnet-diagnostic-$$-1-socket\"; TMPDIR=$1 exec setpriv {string.Join(' ', Nobody)} \"$0\" run --store s --socket k --sealing-key-file key", enclave, temporary];
        using var process = Process.Start(new ProcessStartInfo("sh", script) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        try
        {
            var said = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            Assert.StartsWith("ready", said, StringComparison.Ordinal);
            Assert.Single(Directory.GetFiles(temporary, $"dotnet-diagnostic-{process.Id}-*"));
        }
        finally
        {
            process.Kill();
        }
    }

    [Fact]
    public void Its_socket_is_its_users_alone() =>
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_enclave.Socket));

    [Fact]
    public async Task Another_user_is_not_let_in()
    {
        if (!Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/python3")) Assert.Skip("needs root and python3 to connect as another user");

        // Past the file's mode, the kernel's word on who connects decides.
        File.SetUnixFileMode(_enclave.Socket, (UnixFileMode)0b110_110_110);
        File.SetUnixFileMode(_enclave.Root, (UnixFileMode)0b111_101_101);
        const string Script = "import socket,sys; s=socket.socket(socket.AF_UNIX); s.connect(sys.argv[1]); s.settimeout(5); s.sendall(bytes([0,0,0,10,1,14]+[0]*8)); sys.exit(7 if s.recv(99) else 8)";
        Assert.NotEqual(7, await RunAsync("/", "setpriv", [.. Nobody, "/usr/bin/python3", "-c", Script, _enclave.Socket]));
        Assert.Equal(7, await RunAsync("/", "/usr/bin/python3", "-c", Script, _enclave.Socket));
        await _enclave.SaidAsync("refused a connection of user 65534");
    }

    // A folder of that user with a key for a store, and the program.
    private async Task<(string Folder, string Enclave)> OfAnotherUserAsync()
    {
        var folder = Directory.CreateTempSubdirectory("vg-").FullName;
        File.Copy(_enclave.KeyFile, Path.Combine(folder, "key"));
        Assert.Equal(0, await RunAsync(folder, "chown", "-R", "65534:65534", folder));
        return (folder, Path.Combine(AppContext.BaseDirectory, "vaultgrid-enclave"));
    }

    private static async Task<int> RunAsync(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true })!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }
}
