namespace VaultGrid.Grains.Nodes;

internal sealed partial class NodeGrain
{
    [LoggerMessage(EventId = 4101, Level = LogLevel.Information, Message = "Node {Node} was provisioned")]
    private static partial void LogProvisioned(ILogger logger, NodeId node);

    [LoggerMessage(EventId = 4102, Level = LogLevel.Information, Message = "Node {Node} was certified")]
    private static partial void LogCertified(ILogger logger, NodeId node);
}
