namespace VaultGrid.Grains.Nodes;

/// <summary>What a node grain remembers.</summary>
[GenerateSerializer, Alias("vg.node.state.v1")]
internal sealed class NodeState
{
    /// <summary>How it last answered.</summary>
    [Id(0)] public NodeReport? Last { get; set; }

    /// <summary>What it was told at provisioning.</summary>
    [Id(1)] public ProvisionNode? Told { get; set; }

    /// <summary>What it answered to that.</summary>
    [Id(2)] public ProvisionedNode? Provisioned { get; set; }
}
