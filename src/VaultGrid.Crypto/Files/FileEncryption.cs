namespace VaultGrid.Crypto;

/// <summary>Encrypts and decrypts files of any length in constant memory (four to five chunks). Format: docs/domains.md.</summary>
public static class FileEncryption
{
    /// <summary>Writes header and chunks.</summary>
    /// <param name="fileKey">32 bytes, used for this file and header alone; stays the caller's.</param>
    /// <param name="header">The header, which holds the same key wrapped.</param>
    /// <param name="plaintext">Read from where it stands to its end.</param>
    /// <param name="output">Written to from where it stands; not closed, not flushed.</param>
    /// <param name="progress">Told how many bytes of plaintext were taken.</param>
    /// <param name="cancellationToken">Stops between chunks; what was written then doesn't decrypt.</param>
    public static async Task EncryptAsync(
        SecretBytes fileKey,
        FileHeader header,
        Stream plaintext,
        Stream output,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fileKey);
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(plaintext);
        ArgumentNullException.ThrowIfNull(output);
        using var cipher = new ChunkCipher(fileKey, header);
        await output.WriteAsync(header.Bytes, cancellationToken).ConfigureAwait(false);

        var pipe = new ChunkPipe(header.ChunkLength, header.ChunkLength + Aes256Gcm.TagLength);
        await pipe.RunAsync(
            plaintext, output, (chunk, last, destination) => cipher.Seal(chunk, last, destination), progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes the plaintext, each chunk only after it was verified. After a refusal throw away what was written: it is a true beginning, but not the file.</summary>
    /// <param name="fileKey">The unwrapped file key; stays the caller's.</param>
    /// <param name="header">The header that was read.</param>
    /// <param name="chunks">The rest of the file, behind its header.</param>
    /// <param name="output">Written to from where it stands; not closed, not flushed.</param>
    /// <param name="progress">Told how many bytes of the file were taken, the header not counted.</param>
    /// <param name="cancellationToken">Stops between chunks.</param>
    /// <returns>
    /// Done, or <see cref="RefusalCode.FileTruncated"/> (the file ends where a whole chunk ends, but not with the last one) or
    /// <see cref="RefusalCode.FileTampered"/> (a chunk was changed, moved, left out, repeated or cut, or belongs to another file).
    /// </returns>
    public static async Task<Outcome<Done>> DecryptAsync(
        SecretBytes fileKey,
        FileHeader header,
        Stream chunks,
        Stream output,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fileKey);
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(chunks);
        ArgumentNullException.ThrowIfNull(output);
        using var cipher = new ChunkCipher(fileKey, header);
        var (number, truncated) = (0L, false);

        int? Open(ReadOnlySpan<byte> chunk, bool last, Span<byte> destination)
        {
            number++;
            var length = cipher.Open(chunk, last, destination);

            // Only to name the fault: where the file's end is a good chunk from its middle, the rest is missing.
            truncated = length is null && last && (chunk.IsEmpty || cipher.Open(chunk, last: false, destination) is not null);
            return length;
        }

        var pipe = new ChunkPipe(header.ChunkLength + Aes256Gcm.TagLength, header.ChunkLength);
        if (await pipe.RunAsync(chunks, output, Open, progress, cancellationToken).ConfigureAwait(false)) return default(Done);
        return truncated
            ? new Refusal(RefusalCode.FileTruncated, $"the file ends after {(number == 1 ? "its header" : $"chunk {number}")}: the rest is missing; fetch it again")
            : new Refusal(RefusalCode.FileTampered, $"chunk {number} of the file doesn't verify: it was changed, moved or cut, or belongs to another file");
    }
}
