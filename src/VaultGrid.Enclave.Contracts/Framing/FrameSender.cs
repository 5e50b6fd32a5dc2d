using System.Buffers;
using System.Net.Sockets;

namespace VaultGrid.Enclave.Contracts.Framing;

/// <summary>Frames of one connection on their way out: whoever has one appends it; who finds nobody sending sends all that gathers meanwhile, many frames in one write.</summary>
/// <param name="socket">The connection; stays the caller's.</param>
/// <param name="backlog">The most bytes that may wait: a peer that doesn't read is given up before it costs more.</param>
/// <param name="stall">The longest that one write may take.</param>
internal sealed class FrameSender(Socket socket, int backlog, TimeSpan stall) : IThreadPoolWorkItem
{
    private const int KeptCapacity = 1024 * 1024;

    [ThreadStatic]
    private static List<FrameSender>? _held;

    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ArrayBufferWriter<byte> _gathering = new(4096);
    private ArrayBufferWriter<byte> _leaving = new(4096);
    private TaskCompletionSource? _drained;
    private bool _sending;
    private bool _dead;

    /// <summary>Ends when the connection can't be written to any more.</summary>
    public Task Failed => _failed.Task;

    /// <summary>Until it is disposed of, nothing that this thread appends leaves: then each connection sends all of it in one write. For a moment, never across an await.</summary>
    public static Gathering Gather() => new(_held ??= []);

    /// <summary>Appends a frame; false where the connection is dead.</summary>
    /// <param name="header">Its head.</param>
    /// <param name="body">Its body.</param>
    /// <param name="crowded">Others are about to append as well: what they bring until a thread of the pool comes to it leaves in the same write.</param>
    public bool TryAppend(FrameHeader header, ReadOnlySpan<byte> body, bool crowded = false)
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

        if (_held is { } held) held.Add(this);
        else if (crowded) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        else _ = SendAsync();
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

    void IThreadPoolWorkItem.Execute() => _ = SendAsync();

    private static void Release(List<FrameSender> held)
    {
        _held = null;
        foreach (var sender in held) _ = sender.SendAsync();
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

    /// <summary>What <see cref="Gather"/> began.</summary>
    internal readonly ref struct Gathering(List<FrameSender> held)
    {
        /// <summary>Sends what has gathered.</summary>
        public void Dispose() => Release(held);
    }
}
