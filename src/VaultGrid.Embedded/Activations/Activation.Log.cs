using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace VaultGrid.Embedded.Activations;

internal sealed partial class Activation
{
    private static partial class Log
    {
        [LoggerMessage(EventId = 1001, Level = LogLevel.Warning, Message = "Grain {Grain} could not be activated")]
        internal static partial void ActivationFailed(ILogger logger, GrainId grain, Exception exception);

        [LoggerMessage(EventId = 1002, Level = LogLevel.Warning, Message = "Grain {Grain} failed while it was deactivated")]
        internal static partial void DeactivationFailed(ILogger logger, GrainId grain, Exception exception);
    }
}
