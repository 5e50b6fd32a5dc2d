using System.Diagnostics;
using System.Runtime.InteropServices;

namespace VaultGrid.Enclave.Tests;

/// <summary>What a running enclave can't do, seen from inside; and that it does its work all the same, as every other test of the process shows.</summary>
public sealed class SandboxTests : IAsyncDisposable
{
    private readonly EnclaveProcess _enclave = new();

    public ValueTask DisposeAsync() => _enclave.DisposeAsync();

    [Fact]
    public async Task From_inside_there_is_no_network_no_other_program_no_tracing_and_nothing_else_to_write_to()
    {
        var folder = Directory.CreateTempSubdirectory("vg-home-").FullName;
        var (code, output) = await CheckAsync([], folder);
        if (output.Contains("this kernel has no Landlock", StringComparison.Ordinal)) Assert.Skip("this kernel has no Landlock");
        Assert.True(code == 0, output);
        Assert.Equal(12, output.Split('\n').Count(line => line.StartsWith("holds: ", StringComparison.Ordinal)));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_check_sees_a_missing_sandbox()
    {
        var (code, output) = await CheckAsync(["--unsafe-no-sandbox"], Path.GetTempPath());
        Assert.Equal(ExitCodes.Refused, code);
        Assert.Contains("FAILS: a socket of the internet is refused", output, StringComparison.Ordinal);
        Assert.Contains("FAILS: another program can't be started", output, StringComparison.Ordinal);
        Assert.Contains("FAILS: the home directory is read-only", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_thread_of_a_running_enclave_is_behind_the_filter()
    {
        await _enclave.StartAsync();
        Assert.All(Directory.EnumerateDirectories($"/proc/{_enclave.Id}/task"), thread =>
            Assert.Contains("Seccomp:\t2", File.ReadAllText(Path.Combine(thread, "status")), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Architecture.X64)]
    [InlineData(Architecture.Arm64)]
    public void The_filter_answers_each_call_as_the_table_says(Architecture architecture)
    {
        var program = SeccompProgram.For(architecture, isNetworked: false)!;
        var networked = SeccompProgram.For(architecture, isNetworked: true)!;
        uint Run(int number, uint argument = 0, bool isNetworked = false) =>
            FilterMachine.Run(isNetworked ? networked : program, architecture, (uint)number, argument);
        int Number(SystemCall call) => architecture == Architecture.X64 ? call.X64 : call.Arm64;

        Assert.True(program.Length < 4096);
        var allowed = AllowedCalls.Always.Select(Number).Where(number => number >= 0).ToHashSet();
        HashSet<int> judged = [.. AllowedCalls.Sockets.Select(Number), Number(AllowedCalls.Clone), Number(AllowedCalls.CloneThree)];
        for (var number = 0; number < 600; number++)
        {
            if (!judged.Contains(number)) Assert.Equal(allowed.Contains(number) ? FilterMachine.Allow : FilterMachine.Errno(number < 449 ? 1u : 38u), Run(number));
        }

        foreach (var call in AllowedCalls.Sockets)
        {
            Assert.Equal(FilterMachine.Allow, Run(Number(call), 1));
            foreach (var family in (uint[])[2, 10])
            {
                Assert.Equal(FilterMachine.Errno(97), Run(Number(call), family));
                Assert.Equal(FilterMachine.Allow, Run(Number(call), family, isNetworked: true));
            }

            foreach (var family in (uint[])[0, 16, 17, 38, 40]) Assert.Equal(FilterMachine.Errno(97), Run(Number(call), family, isNetworked: true));
        }

        Assert.Equal(FilterMachine.Errno(38), Run(Number(AllowedCalls.CloneThree)));
        Assert.Equal(FilterMachine.Allow, Run(Number(AllowedCalls.Clone), 0x0001_0f00));
        Assert.Equal(FilterMachine.Errno(1), Run(Number(AllowedCalls.Clone), 0x11));
        Assert.Equal(FilterMachine.Kill, FilterMachine.Run(program, architecture == Architecture.X64 ? Architecture.Arm64 : Architecture.X64, 0, 0));
        Assert.Equal(FilterMachine.Kill, Run(0x4000_0000));
    }

    [Fact]
    public void Nothing_in_the_table_makes_programs_processes_or_namespaces()
    {
        string[] never = ["execve", "execveat", "fork", "vfork", "ptrace", "process_vm_readv", "process_vm_writev", "mount", "umount2", "unshare", "setns", "bpf", "keyctl",
            "add_key", "perf_event_open", "userfaultfd", "kexec_load", "init_module", "pidfd_getfd", "kill", "tkill", "setuid", "setgid", "capset", "io_uring_setup", "open_by_handle_at", "seccomp"];
        Assert.Empty(never.Intersect(AllowedCalls.Always.Select(call => call.Name)));
        Assert.Equal(AllowedCalls.Always.Count, AllowedCalls.Always.Select(call => call.Name).Distinct().Count());
        Assert.Equal(AllowedCalls.Always.Count, AllowedCalls.Always.Select(call => call.X64).Distinct().Count());
    }

    private async Task<(int Code, string Output)> CheckAsync(string[] more, string home)
    {
        string[] arguments = ["check-sandbox", "--store", _enclave.Store, "--socket", _enclave.Socket, "--sealing-key-file", _enclave.KeyFile, .. more];
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "vaultgrid-enclave"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["HOME"] = home;
        start.Environment.Remove("DOTNET_EnableDiagnostics");
        start.Environment.Remove("VAULTGRID_ENCLAVE_HARDENED");
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await error);
    }
}
