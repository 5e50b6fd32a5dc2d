using System.Globalization;

namespace VaultGrid.Enclave.Tests;

/// <summary>Where a running enclave has its secrets: in locked memory, and nowhere in the memory that the runtime moves and copies.</summary>
public sealed class MemoryTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly EnclaveProcess _enclave = new();

    public async ValueTask InitializeAsync() => await _enclave.StartAsync();

    public ValueTask DisposeAsync() => _enclave.DisposeAsync();

    [Fact]
    public async Task A_seed_lies_in_locked_memory_only()
    {
        if (!Environment.IsPrivilegedProcess) Assert.Skip("only root reads the memory of a hardened process");

        var grid = new TestGrid(DateTimeOffset.UtcNow.AddDays(-1));
        var node = new TestNode(grid, NodeId.Parse("1/1"), _enclave.Connection);
        await node.JoinClusterAsync(TestGrid.Membership([1]));
        var (key, policy) = await node.CreateKeyAsync();
        for (var i = 0; i < 200; i++) await node.AskAsync(grid.Approved(grid.Sign(key, policy, path: $"m/44'/60'/{i}'/0/{i}")));

        var seed = Seed();
        var (found, outside) = (0, new List<string>());
        foreach (var (name, isLocked, memory) in Mappings(_enclave.Id))
        {
            if (memory.AsSpan().IndexOf(seed) < 0) continue;
            found++;
            if (!isLocked) outside.Add(name);
        }

        output.WriteLine($"{found} places, {outside.Count} of them not locked");
        Assert.True(found > 0, "the seed was not found at all: the test looks in the wrong place");
        Assert.Empty(outside);
    }

    // Read back out of the store, as its owner can.
    private byte[] Seed()
    {
        using var adapter = new SoftwareAdapter(KeyFileSecret.Read(_enclave.KeyFile).Value);
        var (sealing, state) = StoreSealing.Open(File.ReadAllBytes(_enclave.StoreFile), adapter).Value;
        using (sealing)
        {
            Assert.True(state.Keys.All.Single().Seed.TryTake(out var lease));
            using (lease)
            {
                var seed = new byte[RootSeed.Length];
                lease.Value.CopyTo(seed);
                return seed;
            }
        }
    }

    // proc(5), smaps: a head line for each mapping, then lines of its own, among them "VmFlags: ... lo ..." where it is locked.
    private static IEnumerable<(string Name, bool IsLocked, byte[] Memory)> Mappings(int process)
    {
        using var memory = File.OpenHandle($"/proc/{process}/mem");
        var head = "";
        foreach (var line in File.ReadAllLines($"/proc/{process}/smaps"))
        {
            if (line.Length > 0 && (char.IsAsciiDigit(line[0]) || line[0] is >= 'a' and <= 'f') && line.Contains('-', StringComparison.Ordinal)) head = line;
            if (!line.StartsWith("VmFlags:", StringComparison.Ordinal) || head.Split(' ') is not [var range, ['r', 'w', ..], ..]) continue;

            var ends = range.Split('-').Select(text => long.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray();
            if (ends[1] - ends[0] > 1L << 30) continue;
            var bytes = new byte[ends[1] - ends[0]];
            try
            {
                RandomAccess.Read(memory, bytes, ends[0]);
            }
            catch (IOException)
            {
                continue;
            }

            yield return (head, line.Split(' ').Contains("lo"), bytes);
        }
    }
}
