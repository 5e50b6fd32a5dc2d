using System.Collections.Concurrent;
using System.Net.Sockets;

namespace VaultGrid.Enclave;

/// <summary>The enclave's Unix socket: 0600, its own user (and those named) let in by the kernel's word, everything bounded.</summary>
internal sealed class EnclaveServer : IAsyncDisposable
{
    // sockaddr_un.sun_path has 108 bytes with its end (unix(7)).
    private const int LongestPath = 107;
    private const int Waiting = 128;

    private Socket? _listener;
    private readonly string _path;
    private readonly IReadOnlySet<uint> _users;
    private readonly ServerLimits _limits;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Task, byte> _served = new();
    private Task _accepting = Task.CompletedTask;
    private int _underWay;

    private EnclaveServer(Socket listener, string path, EnclaveCore core, IReadOnlySet<uint> users, ServerLimits limits)
    {
        (_listener, _path, _users, _limits) = (listener, path, users, limits);
        Core = core;
    }

    /// <summary>What answers.</summary>
    public EnclaveCore Core { get; }

    /// <summary>Listens; <c>input.malformed</c> for a path that is too long, <c>enclave.busy</c> where somebody else listens there.</summary>
    /// <param name="path">The socket's path.</param>
    /// <param name="core">What answers; stays the caller's.</param>
    /// <param name="users">The users that may connect.</param>
    /// <param name="limits">Bounds.</param>
    public static Outcome<EnclaveServer> Start(string path, EnclaveCore core, IReadOnlySet<uint> users, ServerLimits limits)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(path) > LongestPath)
            return new Refusal(RefusalCode.InputMalformed, $"the socket's path {path} is longer than {LongestPath} bytes, which a Unix socket can't have");
        if (!TryClear(path)) return new Refusal(RefusalCode.EnclaveBusy, $"{path} is another program's socket, or no socket at all");

        if (!Listen(path, users).Is(out var listener, out var refusal)) return refusal;
        var server = new EnclaveServer(listener, path, core, users, limits);
        server._accepting = server.AcceptAsync(listener);
        return server;
    }

    /// <summary>Makes the socket anew where its file was taken away: connections that there are go on, new ones find it again.</summary>
    public async Task KeepSocketAsync()
    {
        if (File.Exists(_path)) return;

        // The old one first: closing a Unix socket removes the file under its name.
        var before = _listener;
        _listener = null;
        before?.Dispose();
        await _accepting;
        if (!Listen(_path, _users).Is(out var listener, out _)) return;
        _listener = listener;
        _accepting = AcceptAsync(listener);
        Notices.Say($"warning: the socket {_path} was gone and has been made anew");
    }

    /// <summary>Counts a call in, unless too many are under way.</summary>
    public bool TryBegin()
    {
        if (Interlocked.Increment(ref _underWay) <= _limits.CallsUnderWay) return true;
        End();
        return false;
    }

    /// <summary>True while no more than one call is counted in.</summary>
    public bool HasOneCall => Volatile.Read(ref _underWay) <= 1;

    /// <summary>Counts a call out.</summary>
    public void End() => Interlocked.Decrement(ref _underWay);

    /// <summary>Stops listening, lets calls under way finish, closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener?.Dispose();
        await _accepting;
        await Task.WhenAll(_served.Keys);
        File.Delete(_path);
        _stopping.Dispose();
    }

    private static Outcome<Socket> Listen(string path, IReadOnlySet<uint> users)
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            listener.Bind(new UnixDomainSocketEndPoint(path));
            File.SetUnixFileMode(path, Mode(users));
            listener.Listen(Waiting);
            return listener;
        }
        catch (Exception failed) when (failed is SocketException or IOException or UnauthorizedAccessException)
        {
            listener.Dispose();
            return new Refusal(RefusalCode.InputMalformed, $"the socket {path} can't be made: {failed.Message}");
        }
    }

    // Another user can only be let in past the file's mode; the kernel's word on who it is decides.
    private static UnixFileMode Mode(IReadOnlySet<uint> users)
    {
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return users.Count == 1
            ? Owner
            : Owner | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
    }

    // What a killed enclave left behind is removed; a socket that answers is somebody's.
    private static bool TryClear(string path)
    {
        if (!File.Exists(path)) return true;
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
            return false;
        }
        catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused && IsSocket(path))
        {
            File.Delete(path);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static bool IsSocket(string path) => new FileInfo(path) is { Length: 0, LinkTarget: null };

    private async Task AcceptAsync(Socket listener)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                Admit(await listener.AcceptAsync(_stopping.Token));
            }
            catch (Exception stopped) when (stopped is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException) when (listener != _listener)
            {
                return;
            }
            catch (SocketException failed)
            {
                // One connection that failed while it was made, or no descriptors for now: the next may do.
                Notices.Say($"error: a connection could not be accepted: {failed.SocketErrorCode}");
                await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
            }
        }
    }

    private void Admit(Socket socket)
    {
        var user = PeerCredentials.UserOf(socket);
        if (!_users.Contains(user) || _served.Count >= _limits.Connections)
        {
            Notices.Say(_users.Contains(user) ? $"refused a connection: {_limits.Connections} are open" : $"refused a connection of user {user}");
            socket.Dispose();
            return;
        }

        var serving = ServeAsync(socket);
        _served.TryAdd(serving, 0);
        _ = serving.ContinueWith(done => _served.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket) await new ServedConnection(socket, this, _limits).ServeAsync(_stopping.Token);
    }
}
