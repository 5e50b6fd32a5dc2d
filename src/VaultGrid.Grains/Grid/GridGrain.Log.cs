namespace VaultGrid.Grains.Grid;

internal sealed partial class GridGrain
{
    [LoggerMessage(EventId = 4301, Level = LogLevel.Information, Message = "Silo {Silo} has {Count} enclaves")]
    private static partial void LogAttached(ILogger logger, string silo, int count);
}
