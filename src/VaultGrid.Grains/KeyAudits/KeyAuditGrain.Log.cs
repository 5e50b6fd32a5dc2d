namespace VaultGrid.Grains.KeyAudits;

internal sealed partial class KeyAuditGrain
{
    [LoggerMessage(EventId = 4901, Level = LogLevel.Information, Message = "Audited {Keys} keys of cluster {Cluster}: {Failures} checks failed")]
    private static partial void LogAudited(ILogger logger, ClusterId cluster, int keys, int failures);

    [LoggerMessage(EventId = 4902, Level = LogLevel.Error, Message = "Key {Key}: the part of node {Node} works no more")]
    private static partial void LogBroken(ILogger logger, KeyId key, NodeId node);

    [LoggerMessage(EventId = 4903, Level = LogLevel.Error, Message = "The audit of cluster {Cluster} ended early")]
    private static partial void LogFailed(ILogger logger, Exception exception, ClusterId cluster);
}
