using System.Net.Sockets;

namespace VaultGrid.Enclave.Contracts;

/// <summary>
/// The socket client: many calls in flight over one Unix-socket connection, which is made when it is needed and made again when it broke.
/// Safe for use from any thread.
/// </summary>
/// <remarks>
/// Refuses with <c>enclave.detached</c> where the enclave can't be reached or the connection broke before the answer came (the enclave may
/// have acted: every call is safe to repeat), with <c>enclave.busy</c> where too many calls are in flight, and with <c>input.too-large</c>
/// for a body that fits no frame. It never retries.
/// </remarks>
public sealed class EnclaveConnection : IEnclavePort, IAsyncDisposable
{
    // With so many calls in flight others are likely to follow at once, and to leave in the same write.
    private const int Crowd = 4;

    private readonly EnclaveConnectionOptions _options;
    private readonly SemaphoreSlim _connecting = new(1, 1);
    private volatile EnclaveLink? _link;
    private int _inFlight;
    private volatile bool _disposed;

    /// <summary>Makes a client; connects at the first call.</summary>
    public EnclaveConnection(EnclaveConnectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <summary>Makes a client with default options.</summary>
    /// <param name="socketPath">The enclave's Unix socket.</param>
    public EnclaveConnection(string socketPath)
        : this(new EnclaveConnectionOptions { SocketPath = socketPath })
    {
    }

    /// <inheritdoc/>
    public async Task<Outcome<ReadOnlyMemory<byte>>> CallAsync(EnclaveCallKind kind, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (body.Length > EnclaveLimits.Frame - Framing.FrameHeader.Size)
            return new Refusal(RefusalCode.InputTooLarge, $"a call has at most {EnclaveLimits.Frame} bytes, not {body.Length}");

        try
        {
            var inFlight = Interlocked.Increment(ref _inFlight);
            if (inFlight > _options.CallsInFlight)
                return new Refusal(RefusalCode.EnclaveBusy, $"{_options.CallsInFlight} calls to the enclave are in flight; try again");

            var link = _link is { IsAlive: true } alive ? alive : await ConnectAsync(cancellationToken).ConfigureAwait(false);
            return link is null ? Detached(_options.SocketPath) : await link.CallAsync(kind, body, inFlight > Crowd, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    /// <summary>Closes the connection; calls in flight end with <c>enclave.detached</c>.</summary>
    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        await _connecting.WaitAsync().ConfigureAwait(false);
        _link?.Close();
        _link = null;
        _connecting.Release();
    }

    internal static Refusal Detached(string path) => new(RefusalCode.EnclaveDetached, $"the enclave at {path} can't be reached");

    private async Task<EnclaveLink?> ConnectAsync(CancellationToken cancellationToken)
    {
        await _connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_disposed) return null;
            if (_link is { IsAlive: true } made) return made;

            _link?.Close();
            _link = null;
            return _link = await OpenAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _connecting.Release();
        }
    }

    private async Task<EnclaveLink?> OpenAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_options.Patience);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(_options.SocketPath), patience.Token).ConfigureAwait(false);
            return new EnclaveLink(socket, _options);
        }
        catch (Exception failed) when (failed is SocketException or ArgumentException || (failed is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            socket.Dispose();
            return null;
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }
}
