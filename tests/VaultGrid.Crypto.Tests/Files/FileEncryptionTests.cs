using System.Buffers.Binary;
using System.Security.Cryptography;

namespace VaultGrid.Crypto.Tests.Files;

/// <summary>A file decrypts whole or is refused, and nothing is written that wasn't verified.</summary>
public sealed class FileEncryptionTests
{
    private const int Chunk = 1 << FileHeader.SmallestChunkBits;
    private const int Sealed = Chunk + Aes256Gcm.TagLength;

    private static readonly SecretBytes Master = SecretBytes.Random(32);
    private static readonly Guid Domain = new("00010203-0405-0607-0809-0a0b0c0d0e0f");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Chunk - 1)]
    [InlineData(Chunk)]
    [InlineData(Chunk + 1)]
    [InlineData(2 * Chunk)]
    [InlineData((3 * Chunk) + 17)]
    [InlineData(8 * Chunk)]
    public async Task What_was_encrypted_decrypts(int length)
    {
        var plaintext = RandomNumberGenerator.GetBytes(length);
        var file = await Encrypt(plaintext);
        Assert.Equal(FileHeader.Length + length + (Math.Max(1, (length + Chunk - 1) / Chunk) * Aes256Gcm.TagLength), file.Length);
        var (outcome, written) = await Decrypt(file);
        Assert.Null(outcome.Refusal);
        Assert.Equal(plaintext, written);
    }

    [Theory]
    [InlineData(FileHeader.SmallestChunkBits)]
    [InlineData(FileHeader.DefaultChunkBits)]
    [InlineData(FileHeader.LargestChunkBits)]
    public async Task Streams_that_give_and_take_little_at_a_time_serve(int chunkBits)
    {
        var plaintext = RandomNumberGenerator.GetBytes((2 << chunkBits) + 5);
        var file = await Encrypt(plaintext, chunkBits, dribble: true);
        var (outcome, written) = await Decrypt(file, dribble: true);
        Assert.Null(outcome.Refusal);
        Assert.Equal(plaintext, written);
    }

    [Fact]
    public async Task A_file_cut_anywhere_is_refused_and_only_verified_chunks_are_written()
    {
        var plaintext = RandomNumberGenerator.GetBytes((3 * Chunk) + 100);
        var file = await Encrypt(plaintext);
        var boundaries = Enumerable.Range(0, 4).Select(chunk => FileHeader.Length + (chunk * Sealed));
        foreach (var cut in boundaries.SelectMany(at => new[] { at - 1, at, at + 1, at + 15, at + 16, at + 17 }).Append(file.Length - 1).Where(at => at >= FileHeader.Length))
        {
            var (outcome, written) = await Decrypt(file[..cut]);
            var whole = (cut - FileHeader.Length) % Sealed == 0;
            Assert.Equal(whole ? RefusalCode.FileTruncated : RefusalCode.FileTampered, outcome.Refusal?.Code);
            AssertVerifiedPrefix(plaintext, written, Math.Max(0, (cut - FileHeader.Length - 1) / Sealed));
        }

        for (var cut = 0; cut < FileHeader.Length; cut++)
            Assert.Equal(RefusalCode.FileMalformed, (await FileHeader.ReadAsync(new MemoryStream(file[..cut]))).Refusal?.Code);
    }

    [Fact]
    public async Task An_exact_multiple_cut_by_a_chunk_is_truncated()
    {
        var file = await Encrypt(RandomNumberGenerator.GetBytes(2 * Chunk));
        Assert.Equal(RefusalCode.FileTruncated, (await Decrypt(file[..^Sealed])).Outcome.Refusal?.Code);
    }

    [Fact]
    public async Task Chunks_reordered_dropped_or_repeated_are_refused()
    {
        var plaintext = RandomNumberGenerator.GetBytes((3 * Chunk) + 100);
        var file = await Encrypt(plaintext);
        byte[] header = file[..FileHeader.Length], last = file[(FileHeader.Length + (3 * Sealed))..];
        var chunks = Enumerable.Range(0, 3).Select(i => file.AsSpan(FileHeader.Length + (i * Sealed), Sealed).ToArray()).Append(last).ToArray();
        var orders = from a in Enumerable.Range(0, 4) from b in Enumerable.Range(0, 4) from c in Enumerable.Range(0, 4) from d in Enumerable.Range(-1, 5)
                     where (a, b, c, d) != (0, 1, 2, 3)
                     select new[] { a, b, c, d }.Where(place => place >= 0).ToArray();
        foreach (var order in orders)
        {
            var (outcome, written) = await Decrypt([.. header, .. order.SelectMany(place => chunks[place])]);
            Assert.NotNull(outcome.Refusal);
            var good = order.TakeWhile((place, at) => place == at).Count();
            AssertVerifiedPrefix(plaintext, written, Math.Min(good, 3));
        }
    }

    [Fact]
    public async Task A_chunk_of_another_file_and_bytes_behind_the_last_are_refused()
    {
        var plaintext = RandomNumberGenerator.GetBytes((2 * Chunk) + 9);
        var (file, other) = (await Encrypt(plaintext), await Encrypt(plaintext));
        var mixed = file.ToArray();
        other.AsSpan(FileHeader.Length + Sealed, Sealed).CopyTo(mixed.AsSpan(FileHeader.Length + Sealed));
        Assert.Equal(RefusalCode.FileTampered, (await Decrypt(mixed)).Outcome.Refusal?.Code);
        Assert.Equal(RefusalCode.FileTampered, (await Decrypt([.. file, 0])).Outcome.Refusal?.Code);
        Assert.Equal(RefusalCode.FileTampered, (await Decrypt([.. await Encrypt(plaintext[..Chunk]), 0])).Outcome.Refusal?.Code);
        Assert.Equal(RefusalCode.FileTampered, (await Decrypt([.. await Encrypt([]), .. new byte[16]])).Outcome.Refusal?.Code);
    }

    [Fact]
    public async Task A_changed_bit_anywhere_in_the_header_is_refused()
    {
        var file = await Encrypt(RandomNumberGenerator.GetBytes(100));
        for (var bit = 0; bit < FileHeader.Length * 8; bit++)
        {
            var changed = file.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            var (outcome, written) = await Decrypt(changed);
            Assert.True(outcome.Refusal?.Code is RefusalCode.FileMalformed or RefusalCode.FileTampered, $"bit {bit}: {outcome.Refusal}");
            Assert.Empty(written);
        }
    }

    [Fact]
    public async Task A_changed_bit_in_any_chunk_is_refused_and_nothing_of_it_written()
    {
        var plaintext = RandomNumberGenerator.GetBytes((2 * Chunk) + 9);
        var file = await Encrypt(plaintext);
        foreach (var at in new[] { 0, Chunk - 1, Chunk, Sealed - 1, Sealed, (2 * Sealed) - 1, 2 * Sealed, (2 * Sealed) + 24 })
        {
            var changed = file.ToArray();
            changed[FileHeader.Length + at] ^= 0x10;
            var (outcome, written) = await Decrypt(changed);
            Assert.Equal(RefusalCode.FileTampered, outcome.Refusal?.Code);
            AssertVerifiedPrefix(plaintext, written, at / Sealed);
        }
    }

    [Fact]
    public async Task The_last_flag_is_authenticated()
    {
        // The same file key, header and bytes under the other flag: built by hand from the description in docs/domains.md.
        using var fileKey = SecretBytes.Random(32);
        var header = Header(fileKey, FileHeader.SmallestChunkBits);
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Copy(fileKey), 32, header.StreamPart.Span[18..].ToArray(), [.. "VaultGrid/v1/file-stream\0"u8, .. header.StreamPart.Span]);
        using var gcm = new AesGcm(key, 16);
        foreach (var flag in new byte[] { 0, 1, 2 })
        {
            var nonce = new byte[12];
            BinaryPrimitives.WriteUInt64BigEndian(nonce, 0);
            nonce[11] = flag;
            byte[] text = new byte[5], tag = new byte[16];
            gcm.Encrypt(nonce, "hello"u8, text, tag);
            using var output = new MemoryStream();
            var outcome = await FileEncryption.DecryptAsync(fileKey, header, new MemoryStream([.. text, .. tag]), output);
            Assert.Equal(flag switch { 0 => RefusalCode.FileTruncated, 1 => null, _ => RefusalCode.FileTampered }, outcome.Refusal?.Code);
            Assert.Equal(flag == 1 ? "hello"u8.ToArray() : [], output.ToArray());
        }
    }

    [Fact]
    public async Task A_new_master_key_takes_over_a_file_without_touching_its_chunks()
    {
        var plaintext = RandomNumberGenerator.GetBytes(Chunk + 1);
        var file = await Encrypt(plaintext);
        var header = FileHeader.Parse(file.AsSpan(0, FileHeader.Length)).Value;
        using var next = SecretBytes.Random(32);
        var moved = FileKeyWrap.Rewrap(Master, header, next, 2).Value;
        Assert.Equal(RefusalCode.FileTampered, FileKeyWrap.Unwrap(Master, moved).Refusal?.Code);
        using var fileKey = FileKeyWrap.Unwrap(next, moved).Value;
        using var output = new MemoryStream();
        Assert.Null((await FileEncryption.DecryptAsync(fileKey, moved, new MemoryStream(file[FileHeader.Length..]), output)).Refusal);
        Assert.Equal(plaintext, output.ToArray());
    }

    [Fact]
    public async Task Progress_counts_what_was_taken_and_cancelling_stops()
    {
        var seen = new List<long>();
        await Encrypt(new byte[(2 * Chunk) + 1], progress: new Reports(seen));
        Assert.Equal([Chunk, 2 * Chunk, (2 * Chunk) + 1], seen);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FileEncryption.EncryptAsync(
            Master, Header(Master, 16), new MemoryStream(new byte[10]), new MemoryStream(), cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Random_headers_are_refused_or_read_back_the_same()
    {
        var mutations = new Mutations();
        using var fileKey = SecretBytes.Random(32);
        var (good, other) = (Header(fileKey, 18).Bytes.ToArray(), Header(fileKey, 20).Bytes.ToArray());
        for (var i = 0; i < 5_000; i++)
        {
            var bytes = mutations.Of(good, other);
            if (FileHeader.Parse(bytes).Is(out var header, out var refusal)) Assert.Equal(bytes, header.Bytes.ToArray());
            else Assert.True(refusal.Code == RefusalCode.FileMalformed, mutations.ToString());
        }
    }

    private static void AssertVerifiedPrefix(byte[] plaintext, byte[] written, int mostChunks)
    {
        Assert.True(written.Length % Chunk == 0 && written.Length <= mostChunks * Chunk, $"{written.Length} bytes where at most {mostChunks} chunks are good");
        Assert.Equal(plaintext.AsSpan(0, written.Length).ToArray(), written);
    }

    private static FileHeader Header(SecretBytes fileKey, int chunkBits)
    {
        var part = FileHeader.NewStreamPart(chunkBits);
        return FileHeader.Create(part, Domain, 1, FileKeyWrap.Wrap(Master, part, Domain, 1, fileKey)).Value;
    }

    private static async Task<byte[]> Encrypt(byte[] plaintext, int chunkBits = FileHeader.SmallestChunkBits, bool dribble = false, IProgress<long>? progress = null)
    {
        using var fileKey = SecretBytes.Random(32);
        using var output = new MemoryStream();
        await FileEncryption.EncryptAsync(fileKey, Header(fileKey, chunkBits), Input(plaintext, dribble), output, progress);
        return output.ToArray();
    }

    private static async Task<(Outcome<Done> Outcome, byte[] Written)> Decrypt(byte[] file, bool dribble = false)
    {
        var input = Input(file, dribble);
        if (!(await FileHeader.ReadAsync(input)).Is(out var header, out var refusal)) return (refusal, []);
        if (!FileKeyWrap.Unwrap(Master, header).Is(out var fileKey, out refusal)) return (refusal, []);
        using var output = new MemoryStream();
        using (fileKey) return (await FileEncryption.DecryptAsync(fileKey, header, input, output), output.ToArray());
    }

    private static Stream Input(byte[] bytes, bool dribble) => dribble ? new DribblingStream(bytes) : new MemoryStream(bytes);

    private static byte[] Copy(SecretBytes secret)
    {
        var bytes = new byte[secret.Length];
        secret.CopyTo(bytes);
        return bytes;
    }

    private sealed class Reports(List<long> seen) : IProgress<long>
    {
        public void Report(long value) => seen.Add(value);
    }

    /// <summary>Hands out at most 1,000 bytes at a time, and never at once.</summary>
    private sealed class DribblingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            return await base.ReadAsync(buffer[..Math.Min(buffer.Length, 1000)], cancellationToken);
        }
    }
}
