using System.Buffers;
using System.Net.Sockets;

namespace VaultGrid.Enclave.Contracts.Framing;

/// <summary>Frames of one connection on their way out: whoever has one appends it; who finds nobody sending sends all that gathers meanwhile, many frames in one write.</summary>
/// <param name="socket">The connection; stays the caller's.</param>
/// <param name="backlog">The most bytes that may wait: a peer that doesn't read is given up before it costs more.</param>
/// <param name="stall">The longest that one write may take.</param>
internal sealed class FrameSender(Socket socket, int backlog, TimeSpan stall)
{
    private const int KeptCapacity = 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ArrayBufferWriter<byte> _gathering = new(4096);
    private ArrayBufferWriter<byte> _leaving = new(4096);
    private TaskCompletionSource? _drained;
    private bool _sending;
    private bool _dead;

    /// <summary>Ends when the connection can't be written to any more.</summary>
    public Task Failed => _failed.Task;

    /// <summary>Appends a frame; false where the connection is dead.</summary>
    public bool TryAppend(FrameHeader header, ReadOnlySpan<byte> body)
    {
        lock (_gate)
        {
            if (_dead) return false;
            if (_gathering.WrittenCount + FrameHeader.Size + body.Length > backlog)
            {
                Die();
                return false;
            }

            var frame = _gathering.GetSpan(FrameHeader.Size + body.Length);
            header.Write(frame);
            body.CopyTo(frame[FrameHeader.Size..]);
            _gathering.Advance(FrameHeader.Size + body.Length);
            if (_sending) return true;
            _sending = true;
        }

        _ = SendAsync();
        return true;
    }

    /// <summary>Waits until everything that was appended has been sent, or can't be.</summary>
    public Task DrainAsync()
    {
        lock (_gate)
        {
            if (_dead || !_sending) return Task.CompletedTask;
            _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _drained.Task;
        }
    }

    private async Task SendAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource();
            while (TrySwap())
            {
                for (var rest = _leaving.WrittenMemory; rest.Length > 0;)
                {
                    patience.CancelAfter(stall);
                    rest = rest[await socket.SendAsync(rest, SocketFlags.None, patience.Token).ConfigureAwait(false)..];
                }

                patience.CancelAfter(Timeout.InfiniteTimeSpan);
            }
        }
        catch (Exception gone) when (gone is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            lock (_gate) Die();
        }
    }

    private bool TrySwap()
    {
        lock (_gate)
        {
            if (_leaving.Capacity > KeptCapacity) _leaving = new ArrayBufferWriter<byte>(4096);
            else _leaving.ResetWrittenCount();

            if (_gathering.WrittenCount == 0 || _dead)
            {
                _sending = false;
                _drained?.TrySetResult();
                return false;
            }

            (_gathering, _leaving) = (_leaving, _gathering);
            return true;
        }
    }

    private void Die()
    {
        _dead = true;
        _failed.TrySetResult();
        _drained?.TrySetResult();
    }
}
