namespace VaultGrid.Grains;

/// <summary>One key (key: <c>cluster/key-id</c>): its public data, its policy, its holders, its derived accounts.</summary>
[Alias("vg.key.v1")]
public interface IKeyGrain : IGrainWithStringKey
{
    /// <summary>The key; <c>key.unknown</c> where the cluster has none of that name.</summary>
    [Alias("get")]
    Task<Answer<KeyReport>> GetAsync(CancellationToken cancellationToken);

    /// <summary>The extended public key at a path that the policy leads to.</summary>
    [Alias("account")]
    Task<Answer<AccountReport>> GetAccountAsync(string path, CancellationToken cancellationToken);

    /// <summary>An audit signature.</summary>
    [Alias("audit-sign")]
    Task<Answer<SignatureReport>> AuditSignAsync(AuditSign command, CancellationToken cancellationToken);
}
