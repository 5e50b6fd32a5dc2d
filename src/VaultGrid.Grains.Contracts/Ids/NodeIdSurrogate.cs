namespace VaultGrid.Grains;

/// <summary>How a node id travels between grains.</summary>
[GenerateSerializer, Immutable, Alias("vg.id.node.v1")]
public readonly record struct NodeIdSurrogate([property: Id(0)] uint Cluster, [property: Id(1)] uint Index);

/// <summary>Carries <see cref="NodeId"/>, which knows no grain engine.</summary>
[RegisterConverter]
public sealed class NodeIdConverter : IConverter<NodeId, NodeIdSurrogate>
{
    /// <inheritdoc/>
    public NodeId ConvertFromSurrogate(in NodeIdSurrogate surrogate) => surrogate.Index == 0 ? default : new NodeId(new ClusterId(surrogate.Cluster), surrogate.Index);

    /// <inheritdoc/>
    public NodeIdSurrogate ConvertToSurrogate(in NodeId value) => new(value.Cluster.Number, value.Index);
}
