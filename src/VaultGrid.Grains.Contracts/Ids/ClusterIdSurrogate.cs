namespace VaultGrid.Grains;

/// <summary>How a cluster id travels between grains.</summary>
[GenerateSerializer, Immutable, Alias("vg.id.cluster.v1")]
public readonly record struct ClusterIdSurrogate([property: Id(0)] uint Number);

/// <summary>Carries <see cref="ClusterId"/>, which knows no grain engine.</summary>
[RegisterConverter]
public sealed class ClusterIdConverter : IConverter<ClusterId, ClusterIdSurrogate>
{
    /// <inheritdoc/>
    public ClusterId ConvertFromSurrogate(in ClusterIdSurrogate surrogate) => surrogate.Number == 0 ? default : new ClusterId(surrogate.Number);

    /// <inheritdoc/>
    public ClusterIdSurrogate ConvertToSurrogate(in ClusterId value) => new(value.Number);
}
