using Orleans;
using Orleans.Runtime;
using VaultGrid.Embedded.Calls;
using VaultGrid.Embedded.Grains;
using VaultGrid.Embedded.Timers;

namespace VaultGrid.Embedded.Activations;

internal sealed partial class Activation
{
    /// <summary>Starts the first turn: construct, read state, OnActivateAsync. The first call's request context is visible to it.</summary>
    public void Begin(GrainCall first)
    {
        var context = first.Context;
        _scheduler.StartTurn(_ => _ = ActivateAsync(context), this);
    }

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_reason is not null || _phase is ActivationPhase.Ending or ActivationPhase.Ended)
            {
                return;
            }

            _reason = deactivationReason;
            if (_phase == ActivationPhase.Active)
            {
                _phase = ActivationPhase.Ending;
            }
        }

        EndIfIdle();
    }

    /// <summary>Ends the activation if it has not been used for <paramref name="age"/>.</summary>
    public void CollectIfIdle(TimeSpan age)
    {
        lock (_gate)
        {
            if (_phase != ActivationPhase.Active
                || Load > 0
                || _engine.Time.GetElapsedTime(_lastUsed) < age
                || _engine.Time.GetUtcNow() < _keepUntil)
            {
                return;
            }
        }

        Deactivate(new DeactivationReason(DeactivationReasonCode.ActivationIdle, "The activation was idle."));
    }

    public void DelayDeactivation(TimeSpan timeSpan)
    {
        lock (_gate)
        {
            _keepUntil = timeSpan <= TimeSpan.Zero ? default
                : timeSpan == TimeSpan.MaxValue ? DateTimeOffset.MaxValue
                : _engine.Time.GetUtcNow() + timeSpan;
        }
    }

    public IGrainTimer StartTimer(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        GrainTimer.Check(options.DueTime, options.Period);
        var timer = new GrainTimer(this, _engine.Time, callback, options);
        lock (_gate)
        {
            if (_phase == ActivationPhase.Ended)
            {
                throw new InvalidOperationException($"{GrainId} has ended: it can't have timers.");
            }

            (_timers ??= []).Add(timer);
        }

        timer.Start();
        return timer;
    }

    public void Forget(GrainTimer timer)
    {
        lock (_gate)
        {
            _timers?.Remove(timer);
        }
    }

    private async Task ActivateAsync(System.Collections.Immutable.ImmutableDictionary<string, object>? context)
    {
        RequestContext.Snapshot = context;
        try
        {
            _hosted = new HostedGrain(_engine);
            _hosted.Construct(_engine, this);
            await _hosted.ReadStateAsync(_engine.StopToken);
            await _hosted.Grain.OnActivateAsync(_engine.StopToken);
        }
#pragma warning disable CA1031 // Whatever the grain throws goes to those who called it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.ActivationFailed(_engine.Logger, GrainId, exception);
            foreach (var call in await CloseAsync())
            {
                call.Fail(exception);
            }

            return;
        }

        lock (_gate)
        {
            _lastUsed = _engine.Time.GetTimestamp();
            _phase = _reason is null ? ActivationPhase.Active : ActivationPhase.Ending;
            StartWaitingNeedsLock();
            StartInterleavingNeedsLock();
        }

        EndIfIdle();
    }

    // Calls that interleave were queued while the activation was made; now they don't have to wait behind others.
    private void StartInterleavingNeedsLock()
    {
        if (_phase != ActivationPhase.Active)
        {
            return;
        }

        foreach (var call in _waiting.Where(call => Class.IsReentrant || call.Interleaves))
        {
            _waiting.Remove(call);
            StartNeedsLock(call);
        }
    }

    private void EndIfIdle()
    {
        lock (_gate)
        {
            if (_phase != ActivationPhase.Ending || _running.Count > 0 || _endStarted)
            {
                return;
            }

            _endStarted = true;
        }

        _scheduler.StartTurn(_ => _ = EndAsync(), this);
    }

    private async Task EndAsync()
    {
        StopTimers();
        try
        {
            await _hosted!.Grain.OnDeactivateAsync(_reason!.Value, _engine.StopToken);
        }
#pragma warning disable CA1031 // An activation ends whether or not its grain is content.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.DeactivationFailed(_engine.Logger, GrainId, exception);
        }

        foreach (var call in await CloseAsync())
        {
            if (call.IsForTheGrain)
            {
                _engine.Forward(call);
            }
        }
    }

    private async Task<IReadOnlyList<GrainCall>> CloseAsync()
    {
        StopTimers();
        if (_hosted is not null)
        {
            try
            {
                await _hosted.DisposeAsync();
            }
#pragma warning disable CA1031 // A failing Dispose of a grain's service must not keep its successor from living.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.DeactivationFailed(_engine.Logger, GrainId, exception);
            }
        }

        IReadOnlyList<GrainCall> left;
        lock (_gate)
        {
            _phase = ActivationPhase.Ended;
            left = _waiting.TakeAll();
        }

        _home.Remove(this);
        _ended.TrySetResult();
        return left;
    }

    private void StopTimers()
    {
        GrainTimer[] timers;
        lock (_gate)
        {
            timers = _timers?.ToArray() ?? [];
        }

        foreach (var timer in timers)
        {
            timer.Dispose();
        }
    }
}
