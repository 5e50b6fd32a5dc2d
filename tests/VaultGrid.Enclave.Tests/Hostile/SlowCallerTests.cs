using System.Net.Sockets;

namespace VaultGrid.Enclave.Tests;

/// <summary>Callers that stall, against a server in this process with little patience.</summary>
public sealed class SlowCallerTests : IAsyncLifetime
{
    private readonly TestStore _store = new();
    private EnclaveServer _server = null!;

    private string Path => System.IO.Path.Combine(_store.Root, "socket");

    public ValueTask InitializeAsync()
    {
        var core = _store.TryStart().Value;
        var limits = new ServerLimits { FrameTime = TimeSpan.FromMilliseconds(200), Connections = 3 };
        _server = EnclaveServer.Start(Path, core, new HashSet<uint> { Native.Posix.EffectiveUser() }, limits).Value;
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _store.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(13)]
    [InlineData(20)]
    public async Task Half_a_frame_is_waited_for_so_long_and_no_longer(int length)
    {
        using var socket = await ConnectAsync();
        byte[] frame = [0, 0, 1, 0, 1, 1, .. new byte[30]];
        await socket.SendAsync(frame.AsMemory(0, length), SocketFlags.None, TestContext.Current.CancellationToken);
        Assert.Equal(0, await socket.ReceiveAsync(new byte[10], SocketFlags.None, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Dripping_bytes_do_not_prolong_it()
    {
        using var socket = await ConnectAsync();
        var drip = Task.Run(async () =>
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken)) await socket.SendAsync(new byte[] { 0 }, SocketFlags.None);
        });
        await socket.SendAsync(new byte[] { 0, 0, 1, 0, 1, 1 }, SocketFlags.None, TestContext.Current.CancellationToken);
        Assert.Equal(0, await ReceivedAsync(socket));
        await Assert.ThrowsAsync<SocketException>(() => drip);
    }

    [Fact]
    public async Task A_caller_that_reads_nothing_is_cut_off_and_others_are_served()
    {
        using var deaf = await ConnectAsync();
        byte[] status = [0, 0, 0, 10, 1, 1, .. new byte[8]];
        var flood = Task.Run(async () =>
        {
            while (true) await deaf.SendAsync(status, SocketFlags.None);
        });
        await Assert.ThrowsAsync<SocketException>(() => flood);
        await using var connection = new EnclaveConnection(Path);
        Assert.Null((await connection.AskAsync(new PingCall(), TestContext.Current.CancellationToken)).Refusal);
    }

    [Fact]
    public async Task One_connection_too_many_is_closed_and_a_place_that_is_free_again_is_given()
    {
        var open = new List<Socket> { await ConnectAsync(), await ConnectAsync(), await ConnectAsync() };
        using var refused = await ConnectAsync();
        Assert.Equal(0, await refused.ReceiveAsync(new byte[10], SocketFlags.None, TestContext.Current.CancellationToken));
        open.ForEach(socket => socket.Dispose());

        // The server notices in its own time that they went.
        await using var connection = new EnclaveConnection(Path);
        while ((await connection.AskAsync(new PingCall(), TestContext.Current.CancellationToken)).Refusal is not null) await Task.Yield();
    }

    // The kernel says "reset" where bytes were still on their way when the enclave closed.
    private static async Task<int> ReceivedAsync(Socket socket)
    {
        try
        {
            return await socket.ReceiveAsync(new byte[10], SocketFlags.None, TestContext.Current.CancellationToken);
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            return 0;
        }
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path), TestContext.Current.CancellationToken);
        return socket;
    }
}
