namespace VaultGrid.Grains;

/// <summary>Merges the audit logs of a cluster's enclaves (key: the cluster's number) into one. It verifies what it takes in, and proves nothing by itself: every entry is signed by its enclave.</summary>
[Alias("vg.audit.v1")]
public interface IAuditLogGrain : IGrainWithStringKey
{
    /// <summary>Takes in what the enclaves have written since, and has them note a checkpoint where one is due.</summary>
    [Alias("pull")]
    Task<AuditLogReport> PullAsync(CancellationToken cancellationToken);
}
