namespace VaultGrid.Grains.Trusts;

internal sealed partial class TrustChainGrain
{
    [LoggerMessage(EventId = 4701, Level = LogLevel.Information, Message = "Trust {Trust}, number {Number} of chain {Chain}, was sealed by node {Node}")]
    private static partial void LogSealed(ILogger logger, Hash256 trust, ulong number, TrustId chain, NodeId? node);

    [LoggerMessage(EventId = 4702, Level = LogLevel.Warning, Message = "Node {Node} did not learn of Trust {Number} of chain {Chain}: {Code}")]
    private static partial void LogUntaught(ILogger logger, NodeId node, ulong number, TrustId chain, RefusalCode code);

    [LoggerMessage(EventId = 4703, Level = LogLevel.Warning, Message = "Re-wrapping the Domains of chain {Chain} could not be started")]
    private static partial void LogNotRewrapped(ILogger logger, Exception exception, TrustId chain);
}
