namespace VaultGrid.Grains.Clusters;

internal sealed partial class ClusterGrain
{
    [LoggerMessage(EventId = 4401, Level = LogLevel.Warning, Message = "Node {Node} does not answer and is passed over")]
    private static partial void LogDown(ILogger logger, NodeId node);

    [LoggerMessage(EventId = 4402, Level = LogLevel.Information, Message = "Cluster {Cluster} has {Keys} keys and membership record {Membership}")]
    private static partial void LogChanged(ILogger logger, ClusterId cluster, int keys, ulong membership);
}
