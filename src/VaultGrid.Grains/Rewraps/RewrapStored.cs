namespace VaultGrid.Grains.Rewraps;

/// <summary>What a chain's re-wrapping remembers: where it goes and how far it is. Which Domains are left, the catalogue knows.</summary>
[GenerateSerializer, Alias("vg.rewrap.stored.v1")]
internal sealed class RewrapStored
{
    /// <summary>The Trust that Domains are brought under; null before the first start.</summary>
    [Id(0)] public Hash256? Trust { get; set; }

    /// <summary>Its number.</summary>
    [Id(1)] public ulong Number { get; set; }

    /// <summary>What is going on.</summary>
    [Id(2)] public RewrapPhase Phase { get; set; }

    /// <summary>The catalogue's mark behind the last page; null at the start of a pass.</summary>
    [Id(3)] public string? After { get; set; }

    /// <summary>How many were re-wrapped for this Trust.</summary>
    [Id(4)] public long Done { get; set; }

    /// <summary>Some that were refused in this pass.</summary>
    [Id(5)] public ImmutableArray<RefusedDomain> Refused { get; set; } = [];

    /// <summary>When something happened last.</summary>
    [Id(6)] public DateTimeOffset Changed { get; set; }
}
