using System.Diagnostics;
using System.Security.Cryptography;

namespace VaultGrid.Benchmarks;

/// <summary>A file of 1 GiB through the stream cipher, beside the cipher alone and beside <c>cat</c>, each taken in every round.</summary>
internal static class FileRows
{
    private const string Bound = "the slower of raw AES-256-GCM on one core and 'cat IN > OUT', 1 GiB";

    public static async Task MeasureAsync(Report report, Effort effort, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("vg-files-");
        try
        {
            var megabytes = effort.Scale < 1 ? 128 : 1024;
            var files = new Files(directory.FullName, megabytes);
            await files.MakeAsync(cancellationToken);
            List<double> raw = [], cat = [], bound = [], encryption = [], decryption = [];
            (List<double> Rates, Func<Task> Work)[] writers =
            [
                (cat, files.CatAsync), (encryption, () => files.EncryptAsync(files.Out, cancellationToken)), (decryption, () => files.DecryptAsync(cancellationToken)),
            ];
            await files.EncryptAsync(files.Sealed, cancellationToken);
            for (var round = -writers.Length; round < effort.Rounds; round++)
            {
                var cipher = files.Rate(Raw);

                // Which memory the kernel takes for a file depends on who freed some just before, so the order turns.
                for (var turn = 0; turn < writers.Length; turn++)
                {
                    var (rates, work) = writers[(round + turn + writers.Length) % writers.Length];
                    var rate = await files.RateAsync(work);
                    if (round >= 0) rates.Add(rate);
                }

                if (round < 0) continue;
                raw.Add(cipher);
                bound.Add(Math.Min(cipher, cat[^1]));
            }

            report.Add("raw AES-256-GCM, chunks of 512 KiB, one core", "MiB/s", Sample.Of(raw));
            report.Add("cat IN > OUT", "MiB/s", Sample.Of(cat));
            report.Add(Bound, "MiB/s", Sample.Of(bound));
            report.Add("file encryption 1 GiB", "MiB/s", Sample.Of(encryption), Bound);
            report.Add("file decryption 1 GiB", "MiB/s", Sample.Of(decryption), Bound);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    // The same bytes again and again: what the cipher alone can do, from cache to cache.
    private static void Raw(long bytes)
    {
        using var cipher = new AesGcm(RandomNumberGenerator.GetBytes(32), 16);
        var (plaintext, ciphertext, tag, nonce) = (new byte[1 << FileHeader.DefaultChunkBits], new byte[1 << FileHeader.DefaultChunkBits], new byte[16], new byte[12]);
        for (long done = 0; done < bytes; done += plaintext.Length)
        {
            BitConverter.TryWriteBytes(nonce, done);
            cipher.Encrypt(nonce, plaintext, ciphertext, tag);
        }
    }

    private sealed class Files(string directory, int megabytes)
    {
        private readonly string _plain = Path.Combine(directory, "plain");
        private readonly byte[] _key = new byte[FileKeyWrap.KeyLength];

        private long Bytes => (long)megabytes << 20;

        public async Task MakeAsync(CancellationToken cancellationToken)
        {
            await using var file = File.Create(_plain);
            var block = new byte[1 << 20];
            for (var i = 0; i < megabytes; i++)
            {
                RandomNumberGenerator.Fill(block);
                await file.WriteAsync(block, cancellationToken);
            }
        }

        public double Rate(Action<long> work)
        {
            var started = Stopwatch.GetTimestamp();
            work(Bytes);
            return megabytes / Stopwatch.GetElapsedTime(started).TotalSeconds;
        }

        public string Out { get; } = Path.Combine(directory, "out");

        public string Sealed { get; } = Path.Combine(directory, "sealed");

        // Each begins without its output file and with nothing left to write back, or the kernel would bill one for what the one before it wrote.
        public async Task<double> RateAsync(Func<Task> work)
        {
            File.Delete(Out);
            using (var sync = Process.Start("sync")) await sync.WaitForExitAsync();
            FreeMemory();
            var started = Stopwatch.GetTimestamp();
            await work();
            return megabytes / Stopwatch.GetElapsedTime(started).TotalSeconds;
        }

        // Hosts take unused memory back from virtual machines, and page cache in such memory fills at a tenth of the speed (0.4 GB/s against 4): a matter of chance,
        // were it not for a file that is written and deleted just before.
        private void FreeMemory()
        {
            var (path, block) = (Path.Combine(directory, "scratch"), new byte[1 << 20]);
            using (var scratch = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 }))
                for (var i = 0; i < 2 * megabytes; i++) scratch.Write(block);
            File.Delete(path);
        }

        public async Task CatAsync()
        {
            using var cat = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "cat \"$0\" > \"$1\"", _plain, Out]))!;
            await cat.WaitForExitAsync();
            if (cat.ExitCode != 0) throw new BenchmarkException("cat failed");
        }

        public async Task EncryptAsync(string to, CancellationToken cancellationToken)
        {
            using var master = SecretBytes.Random(32);
            using var fileKey = SecretBytes.Random(FileKeyWrap.KeyLength);
            var part = FileHeader.NewStreamPart();
            var header = FileHeader.Create(part, Guid.NewGuid(), 1, FileKeyWrap.Wrap(master, part, Guid.NewGuid(), 1, fileKey)).Value;
            await using var input = Open(_plain, FileMode.Open, FileAccess.Read);
            await using var output = Open(to, FileMode.CreateNew, FileAccess.Write);
            await FileEncryption.EncryptAsync(fileKey, header, input, output, cancellationToken: cancellationToken);
            if (to == Sealed) fileKey.CopyTo(_key);
        }

        public async Task DecryptAsync(CancellationToken cancellationToken)
        {
            using var fileKey = SecretBytes.Take(_key.ToArray());
            await using var input = Open(Sealed, FileMode.Open, FileAccess.Read);
            await using var output = Open(Out, FileMode.CreateNew, FileAccess.Write);
            var header = (await FileHeader.ReadAsync(input, cancellationToken)).Value;
            if ((await FileEncryption.DecryptAsync(fileKey, header, input, output, cancellationToken: cancellationToken)).Refusal is { } refusal)
                throw new BenchmarkException($"the file was not decrypted: {refusal}");
        }

        // As the command line opens them.
        private static FileStream Open(string path, FileMode mode, FileAccess access) => new(
            path, new FileStreamOptions { Mode = mode, Access = access, Share = FileShare.None, BufferSize = 0, Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
    }
}
