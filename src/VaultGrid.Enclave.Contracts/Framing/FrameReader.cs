using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;

namespace VaultGrid.Enclave.Contracts.Framing;

/// <summary>Reads the frames of one connection, strictly: what is no frame ends it, and so does a frame that takes too long from its first byte to its last.</summary>
/// <param name="socket">The connection; stays the caller's.</param>
/// <param name="frameTime">How long one frame may take.</param>
internal sealed class FrameReader(Socket socket, TimeSpan frameTime)
{
    private const int BufferSize = 32 * 1024;

    /// <summary>Takes a frame; the body is valid during the call only.</summary>
    public delegate void FrameHandler(FrameHeader header, in ReadOnlySequence<byte> body);

    /// <summary>While a frame is taken: whether more has come behind it already.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Reads until the peer closes, a frame is malformed, or the token says so.</summary>
    /// <returns>Why the connection has to end, or null where the peer closed between two frames.</returns>
    /// <exception cref="SocketException">The connection broke.</exception>
    /// <exception cref="OperationCanceledException">A frame took too long, or the token said so.</exception>
    public async Task<Refusal?> ReadAsync(FrameHandler take, CancellationToken cancellationToken)
    {
        var stream = new NetworkStream(socket, ownsSocket: false);
        await using (stream.ConfigureAwait(false))
        {
            var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: BufferSize, minimumReadSize: 4096, leaveOpen: true));
            try
            {
                return await ReadAsync(reader, take, cancellationToken).ConfigureAwait(false);
            }
            catch (IOException broken) when (broken.InnerException is SocketException inner)
            {
                throw new SocketException((int)inner.SocketErrorCode, broken.Message);
            }
            finally
            {
                await reader.CompleteAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task<Refusal?> ReadAsync(PipeReader reader, FrameHandler take, CancellationToken cancellationToken)
    {
        CancellationTokenSource? patience = null;
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(patience?.Token ?? cancellationToken).ConfigureAwait(false);
                var rest = read.Buffer;
                var length = rest.Length;
                if (Take(ref rest, take) is { } refusal) return refusal;
                reader.AdvanceTo(rest.Start, rest.End);
                if (read.IsCompleted) return rest.IsEmpty ? null : new Refusal(RefusalCode.FrameMalformed, "the connection ended within a frame");

                // Part of a frame is there: the rest has to follow in time, however slowly it drips; every frame gets its own time.
                if (patience is not null && (rest.IsEmpty || rest.Length < length))
                {
                    patience.Dispose();
                    patience = null;
                }

                if (patience is null && !rest.IsEmpty)
                {
                    patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                    patience.CancelAfter(frameTime);
                }
            }
        }
        finally
        {
            patience?.Dispose();
        }
    }

    private Refusal? Take(ref ReadOnlySequence<byte> rest, FrameHandler take)
    {
        Span<byte> head = stackalloc byte[FrameHeader.Size];
        while (rest.Length >= FrameHeader.Size)
        {
            rest.Slice(0, FrameHeader.Size).CopyTo(head);
            if (!FrameHeader.Read(head).Is(out var header, out var refusal)) return refusal;
            if (rest.Length < FrameHeader.Size + header.BodyLength) return null;

            HasMore = rest.Length > FrameHeader.Size + header.BodyLength;
            take(header, rest.Slice(FrameHeader.Size, header.BodyLength));
            rest = rest.Slice(FrameHeader.Size + header.BodyLength);
        }

        return null;
    }
}
