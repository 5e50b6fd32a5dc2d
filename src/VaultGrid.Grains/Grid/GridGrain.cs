namespace VaultGrid.Grains.Grid;

/// <summary>Remembers which silo said it has which enclaves.</summary>
internal sealed partial class GridGrain([PersistentState("grid")] IPersistentState<GridState> stored, ILogger<GridGrain> logger) : Grain, IGridGrain
{
    public Task<GridNodes> GetNodesAsync(CancellationToken cancellationToken) => Task.FromResult(
        new GridNodes([.. stored.State.Silos.Values.SelectMany(nodes => nodes).Distinct().OrderBy(node => node.Cluster.Number).ThenBy(node => node.Index)]));

    public async Task AttachAsync(AttachSilo command, CancellationToken cancellationToken)
    {
        if (!stored.State.Silos.TryGetValue(command.Silo, out var before) || !before.SequenceEqual(command.Nodes))
        {
            stored.State.Silos = stored.State.Silos.SetItem(command.Silo, command.Nodes);
            await stored.WriteStateAsync(cancellationToken);
            LogAttached(logger, command.Silo, command.Nodes.Length);
        }

        foreach (var cluster in command.Nodes.Select(node => node.Cluster).Distinct())
            await GrainFactory.GetGrain<ISynchronisationGrain>(cluster.ToString()).WatchAsync(cancellationToken);
    }
}
