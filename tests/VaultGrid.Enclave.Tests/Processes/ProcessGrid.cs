namespace VaultGrid.Enclave.Tests;

/// <summary>Real enclaves behind real sockets: cluster 1 with three members, of which the first two have the key; cluster 2 with one member and a key.</summary>
public sealed class ProcessGrid : IAsyncLifetime
{
    private readonly List<EnclaveProcess> _processes = [];

    internal TestGrid Grid { get; } = new(DateTimeOffset.UtcNow.AddDays(-1));

    internal MembershipRecord Membership { get; } = TestGrid.Membership([1, 2, 3]);

    internal IReadOnlyList<EnclaveProcess> Processes => _processes;

    internal TestNode One { get; private set; } = null!;

    internal TestNode Two { get; private set; } = null!;

    internal TestNode Three { get; private set; } = null!;

    internal TestNode Foreign { get; private set; } = null!;

    internal Hash256 Key { get; private set; }

    internal KeyPolicy Policy { get; private set; } = null!;

    internal Hash256 ForeignKey { get; private set; }

    public async ValueTask InitializeAsync()
    {
        (One, Two, Three, Foreign) = (await StartAsync("1/1"), await StartAsync("1/2"), await StartAsync("1/3"), await StartAsync("2/1"));
        foreach (var node in new[] { One, Two, Three }) await node.JoinClusterAsync(Membership);
        (Key, Policy) = await One.CreateKeyAsync();
        await Two.CopyKeyAsync(One);

        await Foreign.JoinClusterAsync(TestGrid.Membership([1], cluster: 2));
        (ForeignKey, _) = await Foreign.CreateKeyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes) await process.DisposeAsync();
    }

    /// <summary>What all enclaves said on standard error.</summary>
    internal string Log => string.Join('\n', _processes.Select(process => process.Log));

    private async Task<TestNode> StartAsync(string id)
    {
        var process = new EnclaveProcess();
        _processes.Add(process);
        await process.StartAsync();
        return new TestNode(Grid, NodeId.Parse(id), process.Connection);
    }
}
