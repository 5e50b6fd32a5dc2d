namespace VaultGrid.Silo.Attachment;

internal sealed partial class AttachmentAnnouncer
{
    [LoggerMessage(EventId = 5001, Level = LogLevel.Information, Message = "The grid knows the {Count} enclaves of this silo")]
    private static partial void LogAttached(ILogger logger, int count);

    [LoggerMessage(EventId = 5002, Level = LogLevel.Warning, Message = "The grid could not be told of this silo's enclaves; it is tried again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
