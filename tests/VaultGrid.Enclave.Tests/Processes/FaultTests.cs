using System.Diagnostics;

namespace VaultGrid.Enclave.Tests;

/// <summary>What the host can do to a running enclave short of killing it: a clear state, and a clear way out of it.</summary>
public sealed class FaultTests : IAsyncDisposable
{
    private readonly EnclaveProcess _enclave = new();
    private readonly TestGrid _grid = new(DateTimeOffset.UtcNow.AddDays(-1));
    private string? _mounted;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        if (_mounted is not null)
        {
            await _enclave.KillAsync();
            await RunAsync("umount", "--lazy", _mounted);
        }

        await _enclave.DisposeAsync();
    }

    [Fact]
    public async Task A_full_disk_stops_the_enclave_and_with_room_it_comes_back_with_all_that_it_answered()
    {
        // A small file system of its own: what fills it harms nobody else.
        Directory.CreateDirectory(_enclave.Store, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (!Environment.IsPrivilegedProcess || await RunAsync("mount", "-t", "tmpfs", "-o", "size=640k,mode=0700", "tmpfs", _enclave.Store) != 0)
            Assert.Skip("needs root and the right to mount a small tmpfs");
        _mounted = _enclave.Store;
        await _enclave.StartAsync();
        var node = await MemberAsync();
        var (key, policy) = await node.CreateKeyAsync();

        var ballast = Path.Combine(_enclave.Store, "ballast");
        Fill(ballast);
        var first = _grid.KeyPolicy("too-late");
        var refused = (await node.TryAsync(_grid.Approved(_grid.CreateKey(first), first.ToUtf8()))).Refusal;
        Assert.True(refused?.Code is RefusalCode.EnclaveFault or RefusalCode.EnclaveDetached, refused?.ToString() ?? "a key was made on a full disk");
        Assert.Equal(ExitCodes.Fault, await _enclave.ExitAsync());
        await _enclave.SaidAsync("No space left on device");

        File.Delete(ballast);
        await _enclave.StartAsync();
        var status = await node.StatusAsync();
        Assert.Equal(EnclavePhase.Member, status.Phase);
        Assert.Contains(status.Keys, held => held.Key == key);
        Assert.IsType<Performed.Signed>(await node.AskAsync(_grid.Approved(_grid.Sign(key, policy))));
        _ = await node.CreateKeyAsync("too-late-again");
    }

    [Fact]
    public async Task A_socket_that_was_taken_away_is_made_anew()
    {
        await _enclave.StartAsync();
        var node = await MemberAsync();
        File.Delete(_enclave.Socket);

        // Who is connected stays connected; somebody new finds nothing until the enclave has seen it.
        Assert.Equal(EnclavePhase.Member, (await node.StatusAsync()).Phase);
        await _enclave.SaidAsync("was gone and has been made anew");
        await using var late = new EnclaveConnection(_enclave.Socket);
        Assert.Null((await late.AskAsync(new PingCall(), Token)).Refusal);
        Assert.Equal(EnclavePhase.Member, (await node.StatusAsync()).Phase);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_enclave.Socket));
        Assert.Equal(ExitCodes.Done, await _enclave.StopAsync());
        Assert.False(File.Exists(_enclave.Socket));
    }

    [Fact]
    public async Task A_clock_that_jumped_ahead_refuses_by_name_and_works_again_when_it_is_right()
    {
        await _enclave.StartAsync();
        var node = await MemberAsync();
        var (key, policy) = await node.CreateKeyAsync();
        var sign = _grid.Approved(_grid.Sign(key, policy));
        Assert.IsType<Performed.Signed>(await node.AskAsync(sign));

        await JumpAsync(TimeSpan.FromDays(400));
        var refusal = (await node.TryAsync(sign)).Refusal;
        Assert.True(
            refusal?.Code is RefusalCode.RevocationsOverdue or RefusalCode.RequestExpired or RefusalCode.CertificateExpired, refusal?.ToString() ?? "signed on an overdue list");
        Assert.Equal(EnclavePhase.Member, (await node.StatusAsync()).Phase);

        await JumpAsync(TimeSpan.Zero);
        Assert.IsType<Performed.Signed>(await node.AskAsync(sign));
    }

    [Fact]
    public async Task A_clock_that_jumped_back_stays_at_the_highest_time_that_a_CA_signed()
    {
        await _enclave.StartAsync();
        var node = await MemberAsync();
        await JumpAsync(TimeSpan.FromDays(-4000));
        var time = (await node.StatusAsync()).Time;
        Assert.True(time >= _grid.Start, $"the enclave's time is {time:u}, and a CA signed {_grid.Start:u}");
        await JumpAsync(TimeSpan.Zero);
        Assert.True((await node.StatusAsync()).Time > time);
    }

    private async Task<TestNode> MemberAsync()
    {
        var node = new TestNode(_grid, NodeId.Parse("1/1"), _enclave.Connection);
        await node.JoinClusterAsync(TestGrid.Membership([1]));
        return node;
    }

    private async Task JumpAsync(TimeSpan offset)
    {
        await _enclave.KillAsync();
        _enclave.Arguments = offset == TimeSpan.Zero ? [] : ["--unsafe-clock-offset", $"{(int)offset.TotalSeconds}"];
        await _enclave.StartAsync();
    }

    private static void Fill(string path)
    {
        using var file = File.Create(path);
        var block = new byte[4096];
        try
        {
            while (true)
            {
                file.Write(block);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode;
    }
}
