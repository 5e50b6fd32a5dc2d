using Orleans.Concurrency;

namespace VaultGrid.Grains;

/// <summary>The directory of attachments: which silo has which enclaves (key <see cref="Key"/>).</summary>
[Alias("vg.grid.v1")]
public interface IGridGrain : IGrainWithStringKey
{
    /// <summary>The key of the grains of which the grid has one.</summary>
    const string Key = "grid";

    /// <summary>A silo says which enclaves it has.</summary>
    [Alias("attach")]
    Task AttachAsync(AttachSilo command, CancellationToken cancellationToken);

    /// <summary>All attached nodes.</summary>
    [Alias("nodes"), AlwaysInterleave]
    Task<GridNodes> GetNodesAsync(CancellationToken cancellationToken);
}
