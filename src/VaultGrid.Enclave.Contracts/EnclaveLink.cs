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
    private readonly ConcurrentDictionary<ulong, Waiting> _waiting = new();
    private ulong _last;
    private volatile bool _ended;
    private volatile bool _knowsNoTraces;

    public EnclaveLink(Socket socket, EnclaveConnectionOptions options)
    {
        (_socket, _options) = (socket, options);
        _calls = new FrameSender(socket, backlog: 64 * 1024 * 1024, options.Patience);
        _ = _calls.Failed.ContinueWith(_ => Close(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        _ = ReceiveAsync();
    }

    public bool IsAlive => !_ended;

    /// <summary>Carries a call; where somebody records traces, with the trace's id, unless this enclave's version knows none.</summary>
    public async Task<Outcome<ReadOnlyMemory<byte>>> CallAsync(EnclaveCallKind kind, ReadOnlyMemory<byte> body, bool crowded, CancellationToken cancellationToken)
    {
        using var trace = EnclaveTrace.Start(kind);
        if (trace is null) return await SendAsync((byte)kind, body, null, crowded, cancellationToken).ConfigureAwait(false);
        if (_knowsNoTraces || body.Length > EnclaveLimits.Frame - FrameHeader.Size - TracedFrame.CallHead)
            return trace.Ended(await SendAsync((byte)kind, body, null, crowded, cancellationToken).ConfigureAwait(false));

        var outcome = await SendAsync(TracedFrame.Kind, TracedFrame.Call(trace.Id, kind, body.Span), trace, crowded, cancellationToken).ConfigureAwait(false);
        if (outcome.Refusal?.Code != RefusalCode.InputUnsupported || trace.WasHandled) return trace.Ended(outcome);

        // Refused unseen, so nothing was done: the call goes again as it always went.
        _knowsNoTraces = true;
        return trace.Ended(await SendAsync((byte)kind, body, null, crowded, cancellationToken).ConfigureAwait(false));
    }

    private async Task<Outcome<ReadOnlyMemory<byte>>> SendAsync(byte kind, ReadOnlyMemory<byte> body, EnclaveTrace? trace, bool crowded, CancellationToken cancellationToken)
    {
        var correlation = Interlocked.Increment(ref _last);
        var answer = new Waiting(trace);
        _waiting[correlation] = answer;

        // Whoever ends the link after this finds the call; whoever ended it before is seen here.
        if (_ended || !_calls.TryAppend(new FrameHeader(body.Length, kind, correlation), body.Span, crowded))
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
            (byte)AnswerKind.TracedAnswer when answer.Handled(body.ToArray()) is { } traced => traced,
            (byte)AnswerKind.TracedRefusal when answer.Handled(body.ToArray()) is { } traced => RefusalCodec.Read(traced.Span),
            _ => new Refusal(RefusalCode.EnclaveFault, $"the enclave answered with a frame of the unknown kind {header.Kind}"),
        });
    }

    private sealed class Waiting(EnclaveTrace? trace) : TaskCompletionSource<Outcome<ReadOnlyMemory<byte>>>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        /// <summary>The body behind an answer's times; null where nobody asked for them or they aren't there.</summary>
        public ReadOnlyMemory<byte>? Handled(ReadOnlyMemory<byte> body)
        {
            if (trace is null || !TracedFrame.TryReadTimes(body.Span, out var waited, out var handled)) return null;
            trace.Handled(waited, handled);
            return body[TracedFrame.AnswerHead..];
        }
    }
}
