using Orleans.Concurrency;

namespace VaultGrid.Grains;

/// <summary>Keeps the nodes of one cluster (key: its number) in step: lists, approved records, keys. One run at a time.</summary>
[Alias("vg.synchronisation.v1")]
public interface ISynchronisationGrain : IGrainWithStringKey
{
    /// <summary>Brings every node that answers up to date, and says what it took.</summary>
    [Alias("synchronise")]
    Task<SynchronisationReport> SynchroniseAsync(CancellationToken cancellationToken);

    /// <summary>Starts the regular checks, and has one made soon.</summary>
    [Alias("watch"), AlwaysInterleave]
    Task WatchAsync(CancellationToken cancellationToken);
}
