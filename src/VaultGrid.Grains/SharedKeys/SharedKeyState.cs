namespace VaultGrid.Grains.SharedKeys;

/// <summary>What a shared key's grain remembers: public values that enclaves signed.</summary>
[GenerateSerializer, Alias("vg.shared.state.v1")]
internal sealed class SharedKeyState
{
    /// <summary>The version in force with its votes.</summary>
    [Id(0)] public ReadOnlyMemory<byte> Certified { get; set; }

    /// <summary>The key's evidence.</summary>
    [Id(1)] public ReadOnlyMemory<byte> Evidence { get; set; }

    /// <summary>The versions that came, the newest last.</summary>
    [Id(2)] public ImmutableArray<KeyVersionReport> History { get; set; } = [];

    /// <summary>Each version with what a holder that missed it needs, the newest last.</summary>
    [Id(3)] public ImmutableArray<LearnSharedKey> Versions { get; set; } = [];

    /// <summary>Approved requests that not all holders have carried out, the oldest first.</summary>
    [Id(4)] public ImmutableArray<PerformOnShares> Pending { get; set; } = [];

    /// <summary>True once it was deleted.</summary>
    [Id(5)] public bool IsDeleted { get; set; }

    /// <summary>Approved requests that gave holders of the version in force fresh devices, the oldest first.</summary>
    [Id(6)] public ImmutableArray<PerformOnShares> Replacements { get; set; } = [];
}
