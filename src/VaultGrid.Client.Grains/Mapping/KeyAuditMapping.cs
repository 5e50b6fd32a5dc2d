namespace VaultGrid.Client.Grains;

/// <summary>Audits of keys, from the grains' messages to the client's records.</summary>
internal static class KeyAuditMapping
{
    public static Outcome<KeyAuditStatus> Status(KeyAuditReport report) => new KeyAuditStatus(
        report.Cluster, report.By, report.Started, [.. report.Keys.Select(Key)], report.Finished, GridMapping.ProblemOf(report.Refusal));

    private static AuditedKeyStatus Key(AuditedKey key) => new(
        key.KeyId, key.Key, key.Kind, key.Checks, [.. key.Failures.Select(failure => new AuditFailureStatus(failure.What, failure.Nodes, GridMapping.ProblemOf(failure.Refusal)!))],
        key.Broken, key.Suspects);
}
