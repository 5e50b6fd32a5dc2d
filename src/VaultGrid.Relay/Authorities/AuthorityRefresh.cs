namespace VaultGrid.Relay;

/// <summary>Keeps the authorities fresh, from the grid and from the file that the operator may replace, and thereby knows whether the grid answers.</summary>
internal sealed partial class AuthorityRefresh(
    RelayOptions options, RelayTls tls, IVaultGridProvider provider, AuthorityIntake intake, Readiness readiness, TimeProvider time,
    ILogger<AuthorityRefresh> logger) : BackgroundService
{
    private static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var refusal = await RefreshAsync(stoppingToken);
            if (refusal is null) readiness.GridAnswered(time.GetUtcNow());
            else readiness.GridFailed(refusal);

            var wait = refusal is null || options.AuthorityRefresh < SoonAgain ? options.AuthorityRefresh : SoonAgain;
            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<Refusal?> RefreshAsync(CancellationToken cancellationToken)
    {
        await ReadFileAsync(cancellationToken);
        try
        {
            var self = new Caller(tls.Identity.Certificate.Identity, Relay: null);
            return (await provider.For(self).GetAuthoritiesAsync(cancellationToken)).Is(out var file, out var refusal) ? intake.Take(file) : refusal;
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Broken(logger, failure);
            return new Refusal(RefusalCode.GridUnavailable, "the grid could not be asked for its authorities");
        }
    }

    // A file that is gone or damaged keeps nothing out that the grid has.
    private async Task ReadFileAsync(CancellationToken cancellationToken)
    {
        try
        {
            intake.Take(new AuthorityFile(await File.ReadAllTextAsync(options.AuthoritiesFile, cancellationToken)));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Broken(logger, failure);
        }
    }

    [LoggerMessage(EventId = 5203, Level = LogLevel.Warning, Message = "The authorities could not be refreshed")]
    private static partial void Broken(ILogger logger, Exception failure);
}
