namespace VaultGrid.Relay;

/// <summary>A relay that starts before its silos, or before their database, waits for them.</summary>
internal sealed partial class SiloPatience(TimeProvider time, ILogger<SiloPatience> logger) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private string? _told;

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        // Each reason once, not twice a second.
        if (_told != exception.Message) NoSilo(logger, _told = exception.Message);
        await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellationToken.IsCancellationRequested;
    }

    [LoggerMessage(EventId = 5204, Level = LogLevel.Warning, Message = "No silo can be reached yet: {Reason}")]
    private static partial void NoSilo(ILogger logger, string reason);
}
