using Microsoft.Extensions.Options;
using VaultGrid.Grains.Approvals;
using VaultGrid.Grains.Authorities;
using VaultGrid.Grains.Clusters.Synchronisation;

namespace VaultGrid.Grains.Clusters;

/// <summary>Runs synchronisations one at a time. A timer makes the regular checks; a reminder brings the timer back after a silo's death.</summary>
internal sealed partial class SynchronisationGrain(
    AuthoritiesView authorities,
    IRequestHistory history,
    IOptions<GridGrainOptions> options,
    TimeProvider time,
    ClusterInstruments instruments,
    ILogger<SynchronisationGrain> logger) : Grain, ISynchronisationGrain, IRemindable
{
    private const string Watch = "watch";
    private const int SettledAtOnce = 500;
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);

    private ClusterId _cluster;
    private IGrainTimer? _timer;
    private string _lastProblems = "";
    private bool _pulling;
    private DateTimeOffset _settled = DateTimeOffset.MinValue;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _cluster = ClusterId.Parse(this.GetPrimaryKeyString());
        var period = options.Value.CheckEvery;
        _timer = this.RegisterGrainTimer(CheckAsync, new GrainTimerCreationOptions(period, period) { KeepAlive = true });
        return Task.CompletedTask;
    }

    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        await this.RegisterOrUpdateReminder(Watch, ReminderPeriod, ReminderPeriod);
        _timer!.Change(TimeSpan.Zero, options.Value.CheckEvery);
    }

    // Being activated is all that the reminder is for; and a period that was changed since takes effect.
    public Task ReceiveReminder(string reminderName, TickStatus status) =>
        GrainFactory.GetGrain<IKeyAuditGrain>(_cluster.ToString()).WatchAsync(CancellationToken.None);

    public async Task<SynchronisationReport> SynchroniseAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var run = new ClusterSynchroniser(GrainFactory, authorities, _cluster);
        var report = await run.RunAsync(cancellationToken);
        await GrainFactory.GetGrain<IClusterGrain>(_cluster.ToString()).ReportAsync(run.Reports, cancellationToken);
        instruments.OnSynchronised(_cluster, report, time.GetElapsedTime(started));
        Tell(report);
        return report;
    }

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SynchroniseAsync(cancellationToken);
            await SettleAsync(cancellationToken);
            _ = PullAuditAsync();
        }
        catch (SiloUnavailableException)
        {
            // This silo is stopping, or another one that was asked: the reminder wakes the grain elsewhere.
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException or IOException)
        {
            // The next check comes anyway; until then nodes are served as the last one left them.
            LogFailed(logger, exception, _cluster);
        }
    }

    // Requests that nobody asks about expire too, and a history row that a dying silo left behind is written again. The first round looks at
    // every open request, later ones only at those whose time is up.
    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now - _settled < ReminderPeriod) return;
        var first = _settled == DateTimeOffset.MinValue;
        foreach (var request in await history.ListOpenAsync(_cluster, first ? DateTimeOffset.MaxValue : now, SettledAtOnce, cancellationToken))
            _ = SettleAsync(request);
        _settled = now;
    }

    // Not waited for: a request that is being carried out may itself wait for a synchronisation.
    private async Task SettleAsync(RequestId request)
    {
        try
        {
            await GrainFactory.GetGrain<IApprovalRequestGrain>(request.ToString()).SettleAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException or IOException)
        {
            LogFailed(logger, exception, _cluster);
        }
    }

    // Not waited for either: behind a busy cluster's log there may be much to take in.
    private async Task PullAuditAsync()
    {
        if (_pulling) return;
        _pulling = true;
        try
        {
            await GrainFactory.GetGrain<IAuditLogGrain>(_cluster.ToString()).PullAsync(CancellationToken.None);
        }
        catch (SiloUnavailableException)
        {
            // This silo is stopping: what is left is taken in by the next.
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException or IOException or InvalidOperationException or System.Data.Common.DbException)
        {
            LogFailed(logger, exception, _cluster);
        }
        finally
        {
            _pulling = false;
        }
    }

    private void Tell(SynchronisationReport report)
    {
        foreach (var node in report.Nodes.Where(node => node.Records > 0 || node.KeysCopied.Length > 0))
            LogBrought(logger, node.Node, node.Records, node.KeysCopied.Length);

        // A node that stays down is told once, not at every check.
        var problems = string.Join("; ", report.Nodes.Where(node => node.Refusal is not null).Select(node => $"{node.Node} {node.Refusal!.Code}"));
        if (problems != _lastProblems) LogOutOfStep(logger, _cluster, problems.Length == 0 ? "none any more" : problems);
        _lastProblems = problems;
    }
}
