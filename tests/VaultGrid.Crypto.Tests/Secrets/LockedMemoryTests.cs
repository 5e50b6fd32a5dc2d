using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VaultGrid.Crypto.Native;

namespace VaultGrid.Crypto.Tests;

/// <summary>Looks at raw memory that was given back, so nothing else may rent meanwhile.</summary>
[CollectionDefinition(nameof(LockedMemoryTests), DisableParallelization = true)]
[Collection(nameof(LockedMemoryTests))]
public sealed unsafe class LockedMemoryTests
{
    [Theory]
    [InlineData(1), InlineData(32), InlineData(33), InlineData(4096)]
    public void A_disposed_secret_reads_as_zero(int length)
    {
        var (secret, neighbour) = Neighbours(length);
        using var kept = neighbour;
        var before = Copy(neighbour);
        var address = Address(secret);
        Assert.Contains(new Span<byte>((void*)address, length).ToArray(), b => b != 0 || length == 1);

        secret.Dispose();
        secret.Dispose();

        Assert.All(new Span<byte>((void*)address, length).ToArray(), b => Assert.Equal(0, b));
        Assert.Equal(before, Copy(neighbour));
        Assert.Throws<ObjectDisposedException>(() => secret.CopyTo(new byte[length]));
    }

    [Fact]
    public void A_forgotten_secret_is_wiped_by_its_finalizer()
    {
        var address = Forget(out var neighbour);
        using var kept = neighbour;
        Settle();
        Assert.All(new Span<byte>((void*)address, 1000).ToArray(), b => Assert.Equal(0, b));

        [MethodImpl(MethodImplOptions.NoInlining)]
        static nint Forget(out SecretBytes neighbour)
        {
            (var secret, neighbour) = Neighbours(1000);
            Assert.Contains(secret.Span.ToArray(), b => b != 0);
            return Address(secret);
        }
    }

    [Theory]
    [InlineData(32), InlineData(100_000)]
    public void Pages_are_locked_not_dumped_wiped_on_fork_and_fenced(int length)
    {
        using var secret = SecretBytes.Random(length);
        var maps = MemoryMap.Read();
        var index = maps.FindIndex(map => map.Contains(Address(secret)));

        // proc(5): lo = pages are locked, dd = do not include in core dump, wf = wipe on fork.
        Assert.Contains("lo", maps[index].Flags);
        Assert.Contains("dd", maps[index].Flags);
        Assert.Contains("wf", maps[index].Flags);
        Assert.Equal("rw-p", maps[index].Permissions);
        Assert.Equal(("---p", maps[index].Start), (maps[index - 1].Permissions, maps[index - 1].End));
        Assert.Equal(("---p", maps[index].End), (maps[index + 1].Permissions, maps[index + 1].Start));
    }

    [Fact]
    public void Thousands_of_small_secrets_fit_into_the_usual_limit()
    {
        Settle();

        // What slabs that are open have room for is taken first, however many earlier tests left: the last of these opened one of its own.
        var fillers = new List<SecretBytes>();
        for (var full = Locked(); Locked() == full;) fillers.Add(SecretBytes.Random(32));
        var before = Locked();
        var secrets = Enumerable.Range(0, 10_000).Select(_ => SecretBytes.Random(32)).ToArray();
        var held = Locked() - before;
        Array.ForEach(secrets, secret => secret.Dispose());

        Assert.InRange(held, 320_000 - (32 * 1024), 400_000); // less than all of it by the slab that the last filler opened
        Assert.InRange(Locked() - before, 0, 32 * 1024);
        fillers.ForEach(filler => filler.Dispose());
    }

    [Fact]
    public void Secrets_never_share_bytes()
    {
        var random = new SeededBytes();
        var live = new List<(SecretBytes Secret, byte[] Expected)>();
        for (var step = 0; step < 3000; step++)
        {
            if (live.Count > 0 && random.NextInt(3) == 0)
            {
                var index = random.NextInt(live.Count);
                live[index].Secret.Dispose();
                live.RemoveAt(index);
                continue;
            }
            var bytes = random.Next(random.NextInt(random.NextInt(10) == 0 ? 6000 : 200) + 1);
            live.Add((SecretBytes.Take((byte[])bytes.Clone()), bytes));
        }
        foreach (var (secret, expected) in live)
        {
            Assert.True(expected.AsSpan().SequenceEqual(Copy(secret)), random.ToString());
            secret.Dispose();
        }
    }

    [Fact]
    public void Many_threads_may_rent_at_once() =>
        Parallel.For(0, 20_000, i =>
        {
            var marker = BitConverter.GetBytes(i);
            using var secret = SecretBytes.Take([.. marker, .. new byte[i % 300]]);
            Thread.Yield();
            Assert.True(secret.Span[..4].SequenceEqual(BitConverter.GetBytes(i)));
        });

    [Fact]
    public void Rented_memory_is_zero()
    {
        SecretBytes.Random(500).Dispose();
        using var secret = new SecretBytes(500);
        Assert.All(Copy(secret), b => Assert.Equal(0, b));
    }

    [Fact]
    public void Refused_locked_memory_is_said_clearly_and_keeps_nothing()
    {
        Assert.Equal(0, Libc.GetLimit(Libc.RlimitMemlock, out var limit));
        if (limit.Soft > 1 << 30) Assert.Skip($"RLIMIT_MEMLOCK is {limit.Soft}: locking that much to see a refusal would starve the machine.");

        // Root may lock without limit. Capabilities belong to a thread: this one gives its own up and ends.
        Exception? refused = null;
        var thread = new Thread(() =>
        {
            Capabilities.Drop();
            refused = Record.Exception(() => new SecretBytes((int)limit.Soft + 1));
        });
        Settle();
        var before = Locked();
        thread.Start();
        thread.Join();

        var exception = Assert.IsType<LockedMemoryException>(refused);
        Assert.Contains("RLIMIT_MEMLOCK", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"{limit.Soft} bytes", exception.Message, StringComparison.Ordinal);
        Assert.InRange(Locked(), 0, before); // less where mappings that were kept were given up for it
    }

    [Fact]
    public void Larger_blocks_come_again_zeroed_and_fenced_and_few_are_kept()
    {
        Settle();
        var before = Locked();
        for (var round = 0; round < 3; round++)
        {
            var secrets = Enumerable.Range(0, 30).Select(at => SecretBytes.Random(5000 + (at * 1000))).ToArray();
            foreach (var secret in secrets) Assert.Contains(Copy(secret), b => b != 0);
            Array.ForEach(secrets, secret => secret.Dispose());
            Assert.InRange(Locked() - before, -8 * 32 * 1024, 8 * 32 * 1024);
        }

        using var again = new SecretBytes(20_000);
        Assert.All(Copy(again), b => Assert.Equal(0, b));
        var maps = MemoryMap.Read();
        var index = maps.FindIndex(map => map.Contains(Address(again)));
        Assert.Contains("lo", maps[index].Flags);
        Assert.Equal(("---p", maps[index].Start), (maps[index - 1].Permissions, maps[index - 1].End));
    }

    // Two secrets in one mapping: the second keeps it mapped, so that the place of the first can be looked at when it is gone.
    private static (SecretBytes Secret, SecretBytes Neighbour) Neighbours(int length)
    {
        while (true)
        {
            var (secret, neighbour) = (SecretBytes.Random(length), SecretBytes.Random(length));
            if (MemoryMap.Read().Single(map => map.Contains(Address(secret))).Contains(Address(neighbour))) return (secret, neighbour);
        }
    }

    // Lets finalizers of what other tests forgot run now, not in the middle of a measurement.
    private static void Settle()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private static nint Address(SecretBytes secret) => (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(secret.Span));

    private static byte[] Copy(SecretBytes secret)
    {
        var bytes = new byte[secret.Length];
        secret.CopyTo(bytes);
        return bytes;
    }

    // VmLck of proc(5), in bytes.
    private static long Locked() =>
        long.Parse(File.ReadLines("/proc/self/status").Single(l => l.StartsWith("VmLck:", StringComparison.Ordinal))[6..^2].Trim(), null) * 1024;
}
