namespace VaultGrid.Grains;

/// <summary>What a chain's re-wrapping does.</summary>
[GenerateSerializer, Alias("vg.rewrap.phase.v1")]
public enum RewrapPhase
{
    /// <summary>Nothing was started.</summary>
    Idle = 0,

    /// <summary>Domains are being re-wrapped.</summary>
    Running = 1,

    /// <summary>Some are left that no HSM re-wrapped; they are tried again.</summary>
    Waiting = 2,

    /// <summary>All stand under the newest Trust.</summary>
    Done = 3,
}
