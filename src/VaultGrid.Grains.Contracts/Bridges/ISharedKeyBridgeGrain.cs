namespace VaultGrid.Grains;

/// <summary>The door from outside to shared keys, which belong to no single cluster (key <see cref="IGridGrain.Key"/>).</summary>
[Alias("vg.bridge.shared.v1")]
public interface ISharedKeyBridgeGrain : IGrainWithStringKey
{
    /// <summary>Keys in order of name.</summary>
    [Alias("list")]
    Task<Answer<SharedKeyPage>> ListAsync(string? after, KeyId? name, int limit, CancellationToken cancellationToken);

    /// <summary>One key.</summary>
    [Alias("get")]
    Task<Answer<SharedKeyReport>> GetAsync(Hash256 key, CancellationToken cancellationToken);

    /// <summary>What proves it.</summary>
    [Alias("evidence")]
    Task<Answer<SharedKeyEvidenceReport>> GetEvidenceAsync(Hash256 key, CancellationToken cancellationToken);

    /// <summary>A signature by a signed call.</summary>
    [Alias("sign")]
    Task<Answer<MessageSignatureReport>> SignAsync(Hash256 key, SignMessage command, CancellationToken cancellationToken);

    /// <summary>Partial evaluations by a signed call.</summary>
    [Alias("evaluate")]
    Task<Answer<EvaluationsReport>> EvaluateAsync(Hash256 key, EvaluateKey command, CancellationToken cancellationToken);

    /// <summary>Backups.</summary>
    [Alias("backup")]
    Task<Answer<StatementsReport>> BackupAsync(Hash256 key, BackupSharedKey command, CancellationToken cancellationToken);

    /// <summary>A refresh that is due.</summary>
    [Alias("refresh")]
    Task<Answer<CeremonyReport>> RefreshAsync(Hash256 key, CancellationToken cancellationToken);

    /// <summary>A repair.</summary>
    [Alias("repair")]
    Task<Answer<CeremonyReport>> RepairAsync(Hash256 key, NodeId node, CancellationToken cancellationToken);

    /// <summary>A ceremony.</summary>
    [Alias("ceremony")]
    Task<Answer<CeremonyReport>> GetCeremonyAsync(Hash256 ceremony, CancellationToken cancellationToken);
}

/// <summary>A page of shared keys.</summary>
/// <param name="Keys">In order of name.</param>
/// <param name="More">Whether more follow.</param>
[GenerateSerializer, Immutable, Alias("vg.bridge.shared.page.v1")]
public sealed record SharedKeyPage([property: Id(0)] ImmutableArray<SharedKeyReport> Keys, [property: Id(1)] bool More);
