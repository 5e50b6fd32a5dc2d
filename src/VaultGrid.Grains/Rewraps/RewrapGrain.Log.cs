namespace VaultGrid.Grains.Rewraps;

internal sealed partial class RewrapGrain
{
    [LoggerMessage(EventId = 4821, Level = LogLevel.Information, Message = "Re-wrapping Domains of chain {Chain} for Trust {Number}: {Phase}, {Done} done, {Left} left")]
    private static partial void LogPhase(ILogger logger, TrustId chain, ulong number, RewrapPhase phase, long done, long left);

    [LoggerMessage(EventId = 4822, Level = LogLevel.Warning, Message = "Re-wrapping Domains of chain {Chain} waits: {Code}")]
    private static partial void LogRefused(ILogger logger, TrustId chain, RefusalCode code);

    [LoggerMessage(EventId = 4823, Level = LogLevel.Warning, Message = "Re-wrapping Domains of chain {Chain} failed and is tried again")]
    private static partial void LogFailed(ILogger logger, Exception exception, TrustId chain);
}
