namespace VaultGrid.Grains.Approvals;

internal sealed partial class ApprovalRequestGrain
{
    [LoggerMessage(EventId = 4601, Level = LogLevel.Information, Message = "Request {Request} ({Action}) was carried out by node {Node}")]
    private static partial void LogDone(ILogger logger, RequestId request, string action, NodeId node);

    [LoggerMessage(EventId = 4602, Level = LogLevel.Information, Message = "Request {Request} ({Action}) was refused: {Code}")]
    private static partial void LogRefused(ILogger logger, RequestId request, string action, RefusalCode code);
}
