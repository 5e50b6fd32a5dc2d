namespace VaultGrid.Grains.Sessions;

internal sealed partial class PresignPoolGrain
{
    [LoggerMessage(EventId = 4811, Level = LogLevel.Information, Message = "No session could be prepared for key {Key}: {Why}")]
    private static partial void LogUnprepared(ILogger logger, KeyId key, string why);
}
