namespace VaultGrid.Grains.Authorities;

internal sealed partial class AuthoritiesGrain
{
    [LoggerMessage(EventId = 4201, Level = LogLevel.Information, Message = "The grid knows {Count} authorities, with newer lists than before")]
    private static partial void LogLearned(ILogger logger, int count);
}
