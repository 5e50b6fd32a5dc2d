using System.Security.Cryptography;

namespace VaultGrid.Crypto;

/// <summary>
/// Carries a stream through a transformation of chunks in constant memory: while one chunk is transformed the one after the next is read and
/// the one before is written. A chunk is the last where nothing follows it, so there is always one chunk in hand.
/// </summary>
/// <param name="inputLength">Bytes of a full chunk as it is read.</param>
/// <param name="outputLength">Bytes of a full chunk as it is written.</param>
internal sealed class ChunkPipe(int inputLength, int outputLength)
{
    // Pinned, so that the collector leaves no copies of plaintext behind; wiped at the end.
    private readonly byte[][] _inputs = [Room(inputLength), Room(inputLength), Room(inputLength)];
    private readonly byte[][] _outputs = [Room(outputLength), Room(outputLength)];

    /// <summary>Transforms one chunk; null stops the pipe, and nothing of that chunk is written.</summary>
    public delegate int? Transform(ReadOnlySpan<byte> chunk, bool last, Span<byte> destination);

    /// <summary>Runs to the end, or to the first chunk that was not transformed.</summary>
    /// <param name="input">Read from where it stands to its end.</param>
    /// <param name="output">Written to, not closed.</param>
    /// <param name="transform">Called for each chunk in order, one at a time.</param>
    /// <param name="progress">Told after each chunk how many bytes were read.</param>
    /// <param name="cancellationToken">Stops between chunks.</param>
    /// <returns>False where a chunk was not transformed.</returns>
    public async Task<bool> RunAsync(Stream input, Stream output, Transform transform, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var write = Task.CompletedTask;
        Task<int>? ahead = null;
        try
        {
            var length = await ReadAsync(input, 0, cancellationToken).ConfigureAwait(false);
            var next = length < inputLength ? 0 : await ReadAsync(input, 1, cancellationToken).ConfigureAwait(false);
            long read = 0;
            for (var chunk = 0; ; chunk++)
            {
                var last = next == 0;
                ahead = next < inputLength ? Task.FromResult(0) : ReadAsync(input, (chunk + 2) % 3, cancellationToken);
                var destination = _outputs[chunk % 2];
                var written = transform(_inputs[chunk % 3].AsSpan(0, length), last, destination);

                await write.ConfigureAwait(false);
                if (written is not { } count) return false;
                write = output.WriteAsync(destination.AsMemory(0, count), cancellationToken).AsTask();
                progress?.Report(read += length);
                if (last) break;

                length = next;
                next = await ahead.ConfigureAwait(false);
            }

            await write.ConfigureAwait(false);
            return true;
        }
        finally
        {
            await Settled(write, ahead).ConfigureAwait(false);
            foreach (var buffer in _inputs.Concat(_outputs)) CryptographicOperations.ZeroMemory(buffer);
        }
    }

    private static byte[] Room(int length) => GC.AllocateUninitializedArray<byte>(length, pinned: true);

    // Whoever still reads or writes a buffer must have let go of it before it is wiped; what failed is thrown where it was awaited.
    private static async Task Settled(Task write, Task? ahead)
    {
        await write.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (ahead is not null) await ahead.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<int> ReadAsync(Stream input, int buffer, CancellationToken cancellationToken) =>
        await input.ReadAtLeastAsync(_inputs[buffer], inputLength, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
}
