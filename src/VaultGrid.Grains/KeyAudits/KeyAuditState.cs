namespace VaultGrid.Grains.KeyAudits;

/// <summary>What an audit grain keeps.</summary>
[GenerateSerializer, Alias("vg.state.key-audit.v1")]
internal sealed class KeyAuditState
{
    /// <summary>The last audit that ended.</summary>
    [Id(0)] public KeyAuditReport? Last { get; set; }

    /// <summary>The period of the reminder that is set; null where none is.</summary>
    [Id(1)] public TimeSpan? Every { get; set; }
}
