using System.Diagnostics.CodeAnalysis;

namespace VaultGrid.Model;

/// <summary>A vault node: its cluster and its number there, from 1; written <c>cluster/node</c>.</summary>
public readonly record struct NodeId
{
    /// <exception cref="ArgumentOutOfRangeException">The index is 0.</exception>
    public NodeId(ClusterId cluster, uint index)
    {
        ArgumentOutOfRangeException.ThrowIfZero(index);
        (Cluster, Index) = (cluster, index);
    }

    /// <summary>The cluster that the node belongs to.</summary>
    public ClusterId Cluster { get; }

    /// <summary>The number within the cluster, from 1.</summary>
    public uint Index { get; }

    /// <summary>Reads <c>cluster/node</c>, both in decimal without leading zeros.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out NodeId id)
    {
        id = default;
        var slash = text?.IndexOf('/') ?? -1;
        if (slash < 0 || !ClusterId.TryParse(text![..slash], out var cluster)) return false;
        if (!Decimals.TryParse(text[(slash + 1)..], out var index) || index is 0 or > uint.MaxValue) return false;
        id = new NodeId(cluster, (uint)index);
        return true;
    }

    /// <exception cref="FormatException">The text is no node id.</exception>
    public static NodeId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not a node: expected cluster/node, such as 1/2");

    /// <inheritdoc/>
    public override string ToString() => $"{Cluster}/{Index}";
}
