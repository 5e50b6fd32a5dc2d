namespace VaultGrid.Embedded.Reminders;

/// <summary>Says when a reminder is due, again and again.</summary>
internal sealed class ReminderClock : IDisposable
{
    // Timers can't run longer; a reminder months away is looked at in between.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    private readonly TimeProvider _time;
    private readonly Action<ReminderRow, DateTime> _due;
    private readonly ITimer _timer;
    private DateTime _next;

    public ReminderClock(ReminderRow row, TimeProvider time, Action<ReminderRow, DateTime> due)
    {
        (Row, _time, _due) = (row, time, due);
        _timer = time.CreateTimer(static state => ((ReminderClock)state!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public ReminderRow Row { get; }

    public void Start()
    {
        var now = _time.GetUtcNow().UtcDateTime;
        _next = Row.NextTick(now);
        Wait(now);
    }

    public void Dispose() => _timer.Dispose();

    private void Ring()
    {
        var now = _time.GetUtcNow().UtcDateTime;
        if (now >= _next)
        {
            _due(Row, now);
            _next = Row.NextTick(now);
        }

        Wait(now);
    }

    private void Wait(DateTime now)
    {
        var wait = _next - now;
        _timer.Change(wait < LongestWait ? wait : LongestWait, Timeout.InfiniteTimeSpan);
    }
}
