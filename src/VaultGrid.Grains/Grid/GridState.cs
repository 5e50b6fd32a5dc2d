namespace VaultGrid.Grains.Grid;

/// <summary>Each silo's enclaves by the silo's name.</summary>
[GenerateSerializer, Alias("vg.grid.state.v1")]
internal sealed class GridState
{
    [Id(0)] public ImmutableSortedDictionary<string, ImmutableArray<NodeId>> Silos { get; set; } =
        ImmutableSortedDictionary.Create<string, ImmutableArray<NodeId>>(StringComparer.Ordinal);
}
