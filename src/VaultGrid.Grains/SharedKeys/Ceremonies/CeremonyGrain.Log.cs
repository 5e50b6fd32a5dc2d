namespace VaultGrid.Grains.SharedKeys;

internal sealed partial class CeremonyGrain
{
    [LoggerMessage(EventId = 4901, Level = LogLevel.Information, Message = "Ceremony {Ceremony} ({Kind}) is {State} after {Milliseconds} ms, {Blamed} blamed")]
    private static partial void LogEnded(ILogger logger, Hash256 ceremony, string kind, string state, double milliseconds, int blamed);

    [LoggerMessage(EventId = 4903, Level = LogLevel.Information, Message = "Ceremony {Ceremony} ({Kind}) goes on after {Milliseconds} ms: {Stages}")]
    private static partial void LogGoesOn(ILogger logger, Hash256 ceremony, string kind, double milliseconds, string stages);

    [LoggerMessage(EventId = 4902, Level = LogLevel.Warning, Message = "Ceremony {Ceremony} was interrupted; it goes on later")]
    private static partial void LogInterrupted(ILogger logger, Exception exception, Hash256 ceremony);
}
