namespace VaultGrid.Grains.SharedKeys;

internal sealed partial class SharedKeyGrain
{
    [LoggerMessage(EventId = 4911, Level = LogLevel.Information, Message = "Key {Key} has version {Version}: {Parties} holders, of whom {Faulty} may be malicious")]
    private static partial void LogVersion(ILogger logger, KeyId key, uint version, int parties, byte faulty);

    [LoggerMessage(EventId = 4912, Level = LogLevel.Warning, Message = "Holder {Node} of key {Key} is blamed: {Why}, by {Accusers} others")]
    private static partial void LogBlamed(ILogger logger, KeyId key, NodeId node, string why, int accusers);

    [LoggerMessage(EventId = 4913, Level = LogLevel.Information, Message = "Node {Node} was brought {Versions} versions of key {Key}")]
    private static partial void LogBrought(ILogger logger, NodeId node, int versions, KeyId key);

    [LoggerMessage(EventId = 4914, Level = LogLevel.Warning, Message = "Key {Key} could not be tended; the next time comes anyway")]
    private static partial void LogUntended(ILogger logger, Exception exception, string key);
}
