namespace VaultGrid.Grains.Clusters;

internal sealed partial class SynchronisationGrain
{
    [LoggerMessage(EventId = 4501, Level = LogLevel.Information, Message = "Node {Node} was brought {Records} records and {Keys} keys")]
    private static partial void LogBrought(ILogger logger, NodeId node, int records, int keys);

    [LoggerMessage(EventId = 4502, Level = LogLevel.Warning, Message = "Nodes of cluster {Cluster} that are out of step: {Problems}")]
    private static partial void LogOutOfStep(ILogger logger, ClusterId cluster, string problems);

    [LoggerMessage(EventId = 4503, Level = LogLevel.Warning, Message = "A check of cluster {Cluster} failed")]
    private static partial void LogFailed(ILogger logger, Exception exception, ClusterId cluster);
}
