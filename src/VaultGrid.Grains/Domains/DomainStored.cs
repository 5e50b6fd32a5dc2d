namespace VaultGrid.Grains.Domains;

/// <summary>What a Domain's grain remembers; empty before the Domain is known.</summary>
[GenerateSerializer, Alias("vg.domain.stored.v1")]
internal sealed class DomainStored
{
    /// <summary>The newest revision.</summary>
    [Id(0)] public DomainReport? Report { get; set; }

    /// <summary>The hash of the call that made it, so that the same call again is answered the same.</summary>
    [Id(1)] public Hash256? Call { get; set; }

    /// <summary>The node that answered that call.</summary>
    [Id(2)] public NodeId? Node { get; set; }
}
