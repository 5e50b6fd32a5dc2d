namespace VaultGrid.Enclave.Tests;

/// <summary>Several clusters of enclaves in this process, all members; the nodes of a cluster are numbered from 1.</summary>
internal sealed class ThresholdGrid : IAsyncDisposable
{
    private readonly Dictionary<string, TestStore> _stores = [];
    private readonly Dictionary<string, TestNode> _nodes = [];
    private readonly int _nodesPerCluster;

    public ThresholdGrid(int clusters, int nodesPerCluster = 1)
    {
        (Clusters, _nodesPerCluster) = (clusters, nodesPerCluster);
        Grid = new TestGrid(Time.GetUtcNow().AddDays(-1), clusters: clusters) { Now = Time.GetUtcNow() };
    }

    public ManualTime Time { get; } = new();

    public TestGrid Grid { get; }

    public int Clusters { get; }

    /// <summary>A node such as 1/1.</summary>
    public TestNode this[string id] => _nodes[id];

    /// <summary>The first node of a cluster.</summary>
    public TestNode First(int cluster) => _nodes[$"{cluster}/1"];

    public TestStore Store(string id) => _stores[id];

    public async Task StartAsync()
    {
        foreach (var cluster in Enumerable.Range(1, Clusters))
        {
            var membership = TestGrid.Membership([.. Enumerable.Range(1, _nodesPerCluster).Select(index => (uint)index)], cluster: (uint)cluster);
            foreach (var index in Enumerable.Range(1, _nodesPerCluster))
            {
                var id = $"{cluster}/{index}";
                _stores[id] = new TestStore(Time);
                _nodes[id] = _stores[id].Start(Grid, id);
                await _nodes[id].JoinClusterAsync(membership);
            }
        }
    }

    /// <summary>Stops an enclave and starts it again from its store.</summary>
    public void Restart(string id)
    {
        _stores[id].Stop();
        _nodes[id] = _stores[id].Start(Grid, id);
    }

    /// <summary>The same, with a probe that is called at each step of a save from then on.</summary>
    public void Restart(string id, Action<SaveStep>? probe)
    {
        _stores[id].Stop();
        _stores[id].Probe = null;
        Action<SaveStep>? armed = null;
        _stores[id].Probe = step => armed?.Invoke(step);
        _nodes[id] = _stores[id].Start(Grid, id);
        armed = probe;
    }

    /// <summary>A fresh enclave in the place of one whose disk died: a new D key under the same name.</summary>
    public async Task ReplaceAsync(string id)
    {
        _stores[id].Dispose();
        _stores[id] = new TestStore(Time);
        _nodes[id] = _stores[id].Start(Grid, id);
        await _nodes[id].JoinClusterAsync(TestGrid.Membership([.. Enumerable.Range(1, _nodesPerCluster).Select(index => (uint)index)], cluster: NodeId.Parse(id).Cluster.Number));
    }

    /// <summary>Deals a key to all clusters.</summary>
    public async Task<TestDeal> DealAsync(int threshold, string name = "shared", Func<string, KeyPolicy>? policy = null)
    {
        var deal = await TestDeal.DrawAsync(Grid, [.. Enumerable.Range(1, Clusters).Select(First)], threshold, name, policy: policy);
        foreach (var cluster in Enumerable.Range(1, Clusters)) await First(cluster).AskAsync(deal.Import(new ClusterId((uint)cluster)));
        return deal;
    }

    public ValueTask DisposeAsync()
    {
        foreach (var store in _stores.Values) store.Dispose();
        return ValueTask.CompletedTask;
    }
}
