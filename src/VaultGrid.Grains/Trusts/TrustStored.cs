namespace VaultGrid.Grains.Trusts;

/// <summary>What a Trust's grain remembers; empty before it is filed.</summary>
[GenerateSerializer, Alias("vg.trust.stored.v1")]
internal sealed class TrustStored
{
    /// <summary>The Trust and its document.</summary>
    [Id(0)] public TrustReport? Report { get; set; }
}
