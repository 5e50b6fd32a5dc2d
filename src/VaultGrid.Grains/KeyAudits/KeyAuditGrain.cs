using Microsoft.Extensions.Options;
using VaultGrid.Grains.Sessions;

namespace VaultGrid.Grains.KeyAudits;

/// <summary>One audit at a time, on a timer of its own, so that nobody waits for it; a reminder begins the next. A silo's death ends one that is under way.</summary>
internal sealed partial class KeyAuditGrain(
    [PersistentState("key-audit")] IPersistentState<KeyAuditState> stored,
    SessionCoordination coordination,
    IOptions<GridGrainOptions> options,
    TimeProvider time,
    ILogger<KeyAuditGrain> logger) : Grain, IKeyAuditGrain, IRemindable
{
    private const string Reminder = "audit";
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromMinutes(1);

    private ClusterId _cluster;
    private IGrainTimer? _timer;
    private KeyAuditReport? _running;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _cluster = ClusterId.Parse(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public Task<KeyAuditReport> StartAsync(StartKeyAudit command, CancellationToken cancellationToken) => Task.FromResult(Begin(command));

    public Task<Answer<KeyAuditReport>> GetAsync(CancellationToken cancellationToken) => Task.FromResult<Answer<KeyAuditReport>>(
        (_running ?? stored.State.Last) is { } report ? report : new Refusal(RefusalCode.ResourceUnknown, $"the keys of cluster {_cluster} were never audited"));

    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        var wanted = options.Value.AuditEvery;
        TimeSpan? every = wanted == TimeSpan.Zero ? null : wanted > ShortestPeriod ? wanted : ShortestPeriod;
        if (stored.State.Every == every) return;

        if (every is { } period) await this.RegisterOrUpdateReminder(Reminder, period, period);
        else if (await this.GetReminder(Reminder) is { } reminder) await this.UnregisterReminder(reminder);
        stored.State.Every = every;
        await stored.WriteStateAsync(cancellationToken);
    }

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        Begin(new StartKeyAudit(KeyAuditReport.Schedule, Everything: false));
        return Task.CompletedTask;
    }

    private KeyAuditReport Begin(StartKeyAudit command)
    {
        if (_running is { } running) return running;
        _running = new KeyAuditReport { Cluster = _cluster, By = command.By, Started = time.GetUtcNow() };
        _timer?.Dispose();
        _timer = this.RegisterGrainTimer(
            cancellation => RunAsync(command, cancellation), new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan) { KeepAlive = true });
        return _running;
    }

    private async Task RunAsync(StartKeyAudit command, CancellationToken cancellationToken)
    {
        try
        {
            var audit = new KeyAuditRun(GrainFactory, coordination, _cluster, command.Everything);
            await foreach (var key in audit.RunAsync(cancellationToken)) _running = _running! with { Keys = _running.Keys.Add(key) };
            await EndAsync(null);
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException or OperationCanceledException or IOException)
        {
            LogFailed(logger, exception, _cluster);
            await EndAsync(new Refusal(RefusalCode.GridUnavailable, "the grid could not go on with the audit; the next one begins anew"));
        }
    }

    private async Task EndAsync(Refusal? refusal)
    {
        var report = _running! with { Finished = time.GetUtcNow(), Refusal = refusal is null ? null : Refused.Of(refusal) };
        _running = null;
        var failures = report.Keys.Sum(key => key.Failures.Length);
        LogAudited(logger, _cluster, report.Keys.Length, failures);
        foreach (var key in report.Keys)
        {
            foreach (var node in key.Broken) LogBroken(logger, key.KeyId, node);
        }

        stored.State.Last = report;
        await stored.WriteStateAsync(CancellationToken.None);
    }
}
