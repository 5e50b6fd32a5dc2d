namespace VaultGrid.Grains.Audit;

internal sealed partial class AuditLogGrain
{
    [LoggerMessage(EventId = 4701, Level = LogLevel.Error, Message = "Audit logs of cluster {Cluster} that do not continue: {Findings}")]
    private static partial void LogFindings(ILogger logger, ClusterId cluster, string findings);

    [LoggerMessage(EventId = 4702, Level = LogLevel.Error, Message = "Node {Node} saw another merged audit log before: {Detail}")]
    private static partial void LogTampered(ILogger logger, NodeId node, string detail);
}
