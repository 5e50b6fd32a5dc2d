using Orleans.Runtime;
using VaultGrid.Embedded.Activations;

namespace VaultGrid.Embedded.Timers;

/// <summary>Sends ticks to its activation, the next one only when the last has run.</summary>
internal sealed class GrainTimer : IGrainTimer
{
    private readonly Lock _gate = new();
    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly CancellationTokenSource _stopped = new();
    private readonly ITimer _clock;
    private TimeSpan _dueTime;
    private TimeSpan _period;
    private bool _ticking;
    private bool _changed;
    private bool _disposed;

    public GrainTimer(Activation activation, TimeProvider time, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        (_activation, _callback, _dueTime, _period) = (activation, callback, options.DueTime, options.Period);
        (Interleaves, KeepsAlive) = (options.Interleave, options.KeepAlive);
        _clock = time.CreateTimer(static state => ((GrainTimer)state!).Due(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public bool Interleaves { get; }

    public bool KeepsAlive { get; }

    /// <exception cref="ArgumentOutOfRangeException">A time is negative without being infinite, or longer than a timer can run.</exception>
    public static void Check(TimeSpan dueTime, TimeSpan period)
    {
        CheckOne(dueTime, nameof(dueTime));
        CheckOne(period, nameof(period));
    }

    public void Start() => _clock.Change(_dueTime, Timeout.InfiniteTimeSpan);

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, period);
        lock (_gate)
        {
            (_dueTime, _period) = (dueTime, period);
            if (_ticking)
            {
                // The tick that runs re-arms the clock, with these times.
                _changed = true;
            }
            else if (!_disposed)
            {
                _clock.Change(dueTime, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
        }

        _clock.Dispose();
        _stopped.Cancel();
        _activation.Forget(this);
    }

    /// <summary>One tick, in a turn of the activation.</summary>
    public async Task TickAsync()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }
        }

        try
        {
            await _callback(_stopped.Token);
        }
        finally
        {
            Rearm();
        }
    }

    private static void CheckOne(TimeSpan time, string name)
    {
        if (time != Timeout.InfiniteTimeSpan && (time < TimeSpan.Zero || time.TotalMilliseconds > uint.MaxValue - 1))
        {
            throw new ArgumentOutOfRangeException(name, time, "A timer's time is infinite, or from zero to 49 days.");
        }
    }

    private void Due()
    {
        lock (_gate)
        {
            if (_disposed || _ticking)
            {
                return;
            }

            _ticking = true;
        }

        _activation.Accept(new TimerTick(_activation, this));
    }

    private void Rearm()
    {
        lock (_gate)
        {
            _ticking = false;
            if (!_disposed)
            {
                _clock.Change(_changed ? _dueTime : _period, Timeout.InfiniteTimeSpan);
            }

            _changed = false;
        }
    }
}
