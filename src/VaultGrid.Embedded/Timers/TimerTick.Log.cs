using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace VaultGrid.Embedded.Timers;

internal sealed partial class TimerTick
{
    private static partial class Log
    {
        [LoggerMessage(EventId = 1101, Level = LogLevel.Error, Message = "A timer of grain {Grain} failed; it goes on ticking")]
        internal static partial void TickFailed(ILogger logger, GrainId grain, Exception exception);
    }
}
