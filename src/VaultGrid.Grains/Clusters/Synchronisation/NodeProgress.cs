namespace VaultGrid.Grains.Clusters.Synchronisation;

/// <summary>What a run has done at one node so far.</summary>
internal sealed class NodeProgress(NodeId node)
{
    private readonly List<KeyId> _keys = [];

    public int Records { get; set; }

    public Refusal? Refusal { get; set; }

    public void Copied(KeyId key) => _keys.Add(key);

    public NodeSynchronisation ToReport() => new(node, Records, [.. _keys], Refusal is { } refusal ? Refused.Of(refusal) : null);
}
