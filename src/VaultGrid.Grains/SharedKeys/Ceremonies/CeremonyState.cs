namespace VaultGrid.Grains.SharedKeys;

/// <summary>What a ceremony grain remembers: enough to go on after a silo's death. Messages are asked for again.</summary>
[GenerateSerializer, Alias("vg.ceremony.state.v1")]
internal sealed class CeremonyState
{
    /// <summary>What is to be done.</summary>
    [Id(0)] public CeremonyOrder? Order { get; set; }

    /// <summary>The plan that enclaves were given, in their encoding.</summary>
    [Id(1)] public ReadOnlyMemory<byte> Plan { get; set; }

    /// <summary>What new holders are brought beside it.</summary>
    [Id(2)] public ReadOnlyMemory<byte> Document { get; set; }

    /// <summary>How far it has come.</summary>
    [Id(3)] public CeremonyReport? Report { get; set; }

    /// <summary>Nodes that failed in earlier plans of the same ceremony: a repair goes on with other helpers.</summary>
    [Id(4)] public ImmutableArray<NodeId> Avoid { get; set; } = [];
}
