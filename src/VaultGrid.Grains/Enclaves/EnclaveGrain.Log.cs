using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Grains.Enclaves;

internal sealed partial class EnclaveGrain
{
    [LoggerMessage(EventId = 4001, Level = LogLevel.Warning, Message = "Node {Node} did not answer {Kind} within {Seconds} s")]
    private static partial void LogSilent(ILogger logger, string node, EnclaveCallKind kind, double seconds);
}
