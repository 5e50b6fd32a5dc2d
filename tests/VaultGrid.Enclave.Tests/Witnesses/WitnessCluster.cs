namespace VaultGrid.Enclave.Tests;

/// <summary>A cluster of enclaves in this process under the witness rule: each may be stopped, put back to an older disk and started again.</summary>
internal sealed class WitnessCluster : IDisposable
{
    private readonly TestStore[] _stores;
    private readonly CourierPort[] _ports;

    public WitnessCluster(int nodes)
    {
        Grid = new TestGrid(Time.GetUtcNow().AddDays(-1)) { Now = Time.GetUtcNow() };
        _stores = [.. Enumerable.Range(0, nodes).Select(_ => new TestStore(Time) { Witnesses = true })];
        _ports = [.. Enumerable.Range(0, nodes).Select(index => new CourierPort(this, index))];
        Nodes = [.. Enumerable.Range(0, nodes).Select(index => new TestNode(Grid, new NodeId(new ClusterId(1), (uint)index + 1), _ports[index]))];
        foreach (var store in _stores) Assert.Null(store.TryStart().Refusal);
    }

    public ManualTime Time { get; } = new();

    public TestGrid Grid { get; }

    public IReadOnlyList<TestNode> Nodes { get; }

    public CourierPort Port(int index) => _ports[index];

    public EnclaveCore Core(int index) => _stores[index].Core ?? throw new InvalidOperationException("This node is stopped.");

    public bool IsUp(int index) => _stores[index].Core is not null;

    /// <summary>All certified, then all members.</summary>
    public async Task<MembershipRecord> FormAsync()
    {
        foreach (var node in Nodes) await node.CertifyAsync();
        var record = TestGrid.Membership([.. Nodes.Select(node => node.Id.Index)]);
        var change = Grid.Approved(Grid.ChangeMembership(record), record.ToUtf8());
        foreach (var node in Nodes) await node.AskAsync(change);
        return record;
    }

    /// <summary>One round of the courier: the request to all others that are up, their words back.</summary>
    public async Task<WitnessNeed> CarryAsync(int index)
    {
        var need = await AskAsync(index, new WitnessesCall([]));
        if (need.Request is null) return need;
        var words = new List<SignedStatement>();
        for (var other = 0; other < Nodes.Count; other++)
        {
            if (other == index || !IsUp(other)) continue;
            if ((await new CorePort(Core(other)).AskAsync(new WitnessCall(need.Request), TestContext.Current.CancellationToken)).Is(out var said, out _)) words.Add(said);
        }

        return await AskAsync(index, new WitnessesCall(words));
    }

    public async Task<WitnessNeed> AskAsync(int index, WitnessesCall call) => (await new CorePort(Core(index)).AskAsync(call, TestContext.Current.CancellationToken)).Value;

    public void Stop(int index) => _stores[index].Stop();

    public Refusal? Start(int index) => _stores[index].TryStart().Refusal;

    /// <summary>The node's whole disk as it is now; the node must be stopped.</summary>
    public Disk Copy(int index)
    {
        var files = Directory.GetFiles(_stores[index].StoreFolder, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "lock");
        return new Disk(files.ToDictionary(file => file, File.ReadAllBytes));
    }

    /// <summary>Puts an older disk back; the node must be stopped.</summary>
    public void PutBack(int index, Disk disk)
    {
        Directory.Delete(_stores[index].StoreFolder, recursive: true);
        foreach (var (file, content) in disk.Files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, content);
        }
    }

    public void Dispose()
    {
        foreach (var store in _stores) store.Dispose();
    }

    internal sealed record Disk(IReadOnlyDictionary<string, byte[]> Files);
}
