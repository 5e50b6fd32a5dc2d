using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using VaultGrid.Embedded.Engine;

namespace VaultGrid.Embedded.Reminders;

/// <summary>Registers reminders and sends their ticks. The store is the truth; every reminder in it has a clock here.</summary>
internal sealed partial class ReminderService(GrainEngine engine, IReminderStore store) : IDisposable
{
    private static readonly TimeSpan MinimumPeriod = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(GrainId Grain, string Name), ReminderClock> _clocks = new();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var row in await store.ReadAllAsync(cancellationToken))
        {
            Arm(row);
        }
    }

    public async Task<IGrainReminder> RegisterAsync(GrainId grain, string name, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        if (period < MinimumPeriod)
        {
            throw new ArgumentException($"A reminder's period is at least {MinimumPeriod}: {period} is shorter.", nameof(period));
        }

        var startAt = engine.Time.GetUtcNow().UtcDateTime + dueTime;
        var row = await store.UpsertAsync(new ReminderRow(grain, name, startAt, period, 0), CancellationToken.None);
        Arm(row);
        return row;
    }

    public async Task UnregisterAsync(GrainId grain, IGrainReminder reminder)
    {
        if (reminder is not ReminderRow row || !await store.RemoveAsync(grain, row.Name, row.Version, CancellationToken.None))
        {
            throw new ReminderException($"Reminder '{reminder.ReminderName}' of {grain} is not registered, or was registered anew since.");
        }

        if (_clocks.TryRemove((grain, row.Name), out var clock))
        {
            clock.Dispose();
        }
    }

    public Task<IGrainReminder?> GetAsync(GrainId grain, string name) =>
        Task.FromResult<IGrainReminder?>(_clocks.TryGetValue((grain, name), out var clock) ? clock.Row : null);

    public Task<List<IGrainReminder>> ListAsync(GrainId grain) =>
        Task.FromResult(_clocks.Values.Where(clock => clock.Row.Grain == grain).Select(clock => (IGrainReminder)clock.Row).ToList());

    public void Dispose()
    {
        foreach (var clock in _clocks.Values)
        {
            clock.Dispose();
        }
    }

    private void Arm(ReminderRow row)
    {
        var clock = new ReminderClock(row, engine.Time, (ticked, now) => _ = TickAsync(ticked, now));
        _clocks.AddOrUpdate((row.Grain, row.Name), clock, (_, former) =>
        {
            former.Dispose();
            return clock;
        });
        clock.Start();
    }

    private async Task TickAsync(ReminderRow row, DateTime now)
    {
        try
        {
            var grain = (IRemindable)engine.References.Create(typeof(IRemindable), row.Grain);
            await grain.ReceiveReminder(row.Name, new TickStatus(row.StartAt, row.Period, now));
        }
#pragma warning disable CA1031 // The next tick tries again; the log tells of this one.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogTickFailed(engine.Logger, row.Name, row.Grain, exception);
        }
    }

    [LoggerMessage(EventId = 1201, Level = LogLevel.Error, Message = "Reminder {Reminder} of grain {Grain} failed; it will tick again")]
    private static partial void LogTickFailed(ILogger logger, string reminder, GrainId grain, Exception exception);
}
