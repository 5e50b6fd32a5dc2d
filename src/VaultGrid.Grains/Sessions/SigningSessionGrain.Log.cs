namespace VaultGrid.Grains.Sessions;

internal sealed partial class SigningSessionGrain
{
    [LoggerMessage(EventId = 4801, Level = LogLevel.Information, Message = "Session {Session} signed after {Tries} tries with {Participants} participants")]
    private static partial void LogSigned(ILogger logger, Hash256 session, int tries, int participants);

    [LoggerMessage(EventId = 4802, Level = LogLevel.Warning, Message = "Session {Session} was given up after {Tries} tries: {Code}")]
    private static partial void LogGivenUp(ILogger logger, Hash256 session, int tries, string code);

    [LoggerMessage(EventId = 4803, Level = LogLevel.Warning, Message = "Try {Id} of session {Session} failed at node {Node} in round {Round}: {Code}, {CulpritCount} named")]
    private static partial void LogFailed(ILogger logger, Hash256 session, Hash256 id, NodeId node, byte round, string code, int culpritCount);
}
