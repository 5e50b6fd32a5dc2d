namespace VaultGrid.Grains.Customers;

/// <summary>Keeps assignments, and counts keys that are being made beside those that a cluster has, so that two at once can't pass a limit together.</summary>
internal sealed class CustomersGrain([PersistentState("customers")] IPersistentState<CustomersState> stored, TimeProvider time) : Grain, ICustomersGrain
{
    /// <summary>The largest limit that can be set: what enclaves hold at most.</summary>
    private const int LimitMax = VaultGrid.Enclave.Contracts.EnclaveLimits.Keys;

    // Longer than any call takes: a place that nobody gives back, because a silo died, is free again.
    private static readonly TimeSpan PlaceLife = TimeSpan.FromMinutes(2);

    private readonly Dictionary<KeyPlace, DateTimeOffset> _places = [];

    public async Task<Answer<AssignedCluster>> AssignAsync(AssignedCluster command, CancellationToken cancellationToken)
    {
        if (command.Customer is { } name && !CustomerId.TryParse(name, out _))
            return new Refusal(RefusalCode.InputMalformed, "a customer's name is 1 to 64 of a-z, 0-9 and '-', starting with a letter");
        if (command.MaxKeys is < 0 or > LimitMax) return new Refusal(RefusalCode.InputMalformed, $"a limit of keys is 0 to {LimitMax}");
        if (command is { Customer: null, MaxKeys: not null }) return new Refusal(RefusalCode.InputMalformed, "a limit of keys is set for a customer");
        if (Find(command.Cluster) == command) return command;

        var before = stored.State.Clusters;
        var others = before.Where(known => known.Cluster != command.Cluster);
        stored.State.Clusters = [.. (command.Customer is null ? others : others.Append(command)).OrderBy(known => known.Cluster.Number)];
        try
        {
            await stored.WriteStateAsync(cancellationToken);
        }
        catch
        {
            stored.State.Clusters = before;
            throw;
        }

        return command;
    }

    public Task<AssignedCluster> FindAsync(ClusterId cluster, CancellationToken cancellationToken) => Task.FromResult(Find(cluster));

    public Task<AssignedCustomers> OfAsync(AssignedClusters clusters, CancellationToken cancellationToken) => Task.FromResult(
        new AssignedCustomers([.. stored.State.Clusters.Where(known => clusters.Clusters.Contains(known.Cluster)).Select(known => known.Customer!).Distinct().Order(StringComparer.Ordinal)]));

    public async Task<Answer<Nothing>> EnterAsync(KeyPlace place, CancellationToken cancellationToken)
    {
        if (Find(place.Cluster).MaxKeys is not { } most) return Nothing.Value;
        var cluster = GrainFactory.GetGrain<IClusterGrain>(place.Cluster.ToString());
        if ((await cluster.GetKeyAsync(place.Key, cancellationToken)).Refusal is null) return Nothing.Value;

        var now = time.GetUtcNow();
        foreach (var (old, _) in _places.Where(pair => pair.Value < now).ToList()) _places.Remove(old);

        // Every attached node is asked which keys there are: the list of the last check may be older than the last key. A key that is made, and whose place is given back, while
        // they answer may be in no answer yet: whoever had a place when they were asked counts, unless its key is among those told of.
        var entered = _places.Keys.ToList();
        var report = await cluster.GetAsync(cancellationToken);
        var told = report.Nodes.SelectMany(node => node.Keys).Select(key => key.KeyId).ToHashSet();
        var underWay = entered.Union(_places.Keys).Count(other => other.Cluster == place.Cluster && other != place && !told.Contains(other.Key));
        if (Math.Max(report.Keys, told.Count) + underWay >= most)
            return new Refusal(RefusalCode.KeyLimit, $"cluster {place.Cluster} is assigned to {Find(place.Cluster).Customer} with at most {most} keys, and has them");
        _places[place] = time.GetUtcNow() + PlaceLife;
        return Nothing.Value;
    }

    public Task LeaveAsync(KeyPlace place, CancellationToken cancellationToken)
    {
        _places.Remove(place);
        return Task.CompletedTask;
    }

    private AssignedCluster Find(ClusterId cluster) =>
        stored.State.Clusters.FirstOrDefault(known => known.Cluster == cluster) ?? new AssignedCluster(cluster, null, null);
}
