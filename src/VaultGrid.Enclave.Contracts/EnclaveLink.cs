using System.Buffers;
using System.Collections.Concurrent;
using System.Net.Sockets;
using VaultGrid.Enclave.Contracts.Framing;

namespace VaultGrid.Enclave.Contracts;

/// <summary>One connection of an <see cref="EnclaveConnection"/>, from its making to its end.</summary>
internal sealed class EnclaveLink
{
    private readonly Socket _socket;
    private readonly EnclaveConnectionOptions _options;
    private readonly FrameSender _calls;
    private readonly ConcurrentDictionary<ulong, TaskCompletionSource<Outcome<ReadOnlyMemory<byte>>>> _waiting = new();
    private ulong _last;
    private volatile bool _ended;

    public EnclaveLink(Socket socket, EnclaveConnectionOptions options)
    {
        (_socket, _options) = (socket, options);
        _calls = new FrameSender(socket, backlog: 64 * 1024 * 1024, options.Patience);
        _ = _calls.Failed.ContinueWith(_ => Close(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        _ = ReceiveAsync();
    }

    public bool IsAlive => !_ended;

    public async Task<Outcome<ReadOnlyMemory<byte>>> CallAsync(EnclaveCallKind kind, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var correlation = Interlocked.Increment(ref _last);
        var answer = new TaskCompletionSource<Outcome<ReadOnlyMemory<byte>>>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[correlation] = answer;

        // Whoever ends the link after this finds the call; whoever ended it before is seen here.
        if (_ended || !_calls.TryAppend(new FrameHeader(body.Length, (byte)kind, correlation), body.Span))
        {
            _waiting.TryRemove(correlation, out _);
            return EnclaveConnection.Detached(_options.SocketPath);
        }

        if (!cancellationToken.CanBeCanceled) return await answer.Task.ConfigureAwait(false);
        using (cancellationToken.UnsafeRegister(_ => GiveUp(correlation, cancellationToken), null))
            return await answer.Task.ConfigureAwait(false);
    }

    public void Close()
    {
        _ended = true;
        _socket.Dispose();
        foreach (var (correlation, _) in _waiting)
        {
            if (_waiting.TryRemove(correlation, out var answer)) answer.TrySetResult(EnclaveConnection.Detached(_options.SocketPath));
        }
    }

    private void GiveUp(ulong correlation, CancellationToken cancellationToken)
    {
        if (_waiting.TryRemove(correlation, out var answer)) answer.TrySetCanceled(cancellationToken);
    }

    private async Task ReceiveAsync()
    {
        try
        {
            await new FrameReader(_socket, _options.Patience).ReadAsync(Take, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is SocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The enclave went, or stalled: calls that wait are told so.
        }
        finally
        {
            Close();
        }
    }

    private void Take(FrameHeader header, in ReadOnlySequence<byte> body)
    {
        // No such call: it was given up, or the enclave speaks of the connection as a whole, which it then closes.
        if (!_waiting.TryRemove(header.Correlation, out var answer)) return;
        answer.TrySetResult(header.Kind switch
        {
            (byte)AnswerKind.Answer => (ReadOnlyMemory<byte>)body.ToArray(),
            (byte)AnswerKind.Refusal => RefusalCodec.Read(body.ToArray()),
            _ => new Refusal(RefusalCode.EnclaveFault, $"the enclave answered with a frame of the unknown kind {header.Kind}"),
        });
    }
}
