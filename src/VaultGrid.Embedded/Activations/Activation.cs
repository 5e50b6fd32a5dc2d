using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using VaultGrid.Embedded.Calls;
using VaultGrid.Embedded.Engine;
using VaultGrid.Embedded.Grains;
using VaultGrid.Embedded.Timers;

namespace VaultGrid.Embedded.Activations;

/// <summary>One living instance of a grain: its queue, its turns, its end.</summary>
#pragma warning disable CA1001 // The hosted grain is disposed of when the activation ends.
internal sealed partial class Activation : IGrainContext
#pragma warning restore CA1001
{
    private readonly Lock _gate = new();
    private readonly CallList _waiting = new();
    private readonly CallList _running = new();
    private readonly TurnScheduler _scheduler;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly GrainEngine _engine;
    private readonly IActivationHome _home;
    private ActivationPhase _phase = ActivationPhase.Creating;
    private GrainCall? _blocking;
    private Dictionary<Guid, int>? _reentrantSections;
    private DeactivationReason? _reason;
    private bool _endStarted;
    private List<GrainTimer>? _timers;
    private HostedGrain? _hosted;
    private long _lastUsed;
    private DateTimeOffset _keepUntil;

    public Activation(GrainEngine engine, GrainClass grainClass, GrainId grainId, IActivationHome home)
    {
        (_engine, Class, GrainId, _home) = (engine, grainClass, grainId, home);
        _scheduler = new TurnScheduler(this);
        _lastUsed = engine.Time.GetTimestamp();
    }

    public GrainClass Class { get; }

    public GrainId GrainId { get; }

    public object? GrainInstance => _hosted?.Grain;

    public GrainEngine Engine => _engine;

    public IServiceProvider ActivationServices =>
        _hosted?.Services ?? throw new InvalidOperationException($"{GrainId} has no services yet.");

    public Task Deactivated => _ended.Task;

    /// <summary>Calls that wait or run; a hint, read without the lock.</summary>
    public int Load
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count + _running.Count;
            }
        }
    }

    /// <summary>Takes the call, or says false because this activation has ended.</summary>
    public bool Accept(GrainCall call)
    {
        lock (_gate)
        {
            if (_phase == ActivationPhase.Ended)
            {
                return false;
            }

            if (_waiting.Count >= _engine.Options.MaxQueuedCalls && call.IsForTheGrain)
            {
                call.Fail(new LimitExceededException(
                    nameof(_engine.Options.MaxQueuedCalls), _waiting.Count, _engine.Options.MaxQueuedCalls, GrainId));
                return true;
            }

            call.Host = this;
            if (MayStartNeedsLock(call))
            {
                StartNeedsLock(call);
            }
            else
            {
                _waiting.Add(call);
            }
        }

        return true;
    }

    /// <summary>Called by a call in its last turn, before its caller hears of it.</summary>
    public void Finished(GrainCall call, Exception? exception)
    {
        lock (_gate)
        {
            _running.Remove(call);
            if (call.CountsAsUse)
            {
                _lastUsed = _engine.Time.GetTimestamp();
            }

            if (ReferenceEquals(_blocking, call))
            {
                _blocking = null;
            }

            StartWaitingNeedsLock();
        }

        if (exception is InconsistentStateException)
        {
            // What this activation believes of its state is stale: its successor reads it anew.
            Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationError, exception, "A state write met a newer one."));
        }
        else
        {
            EndIfIdle();
        }
    }

    /// <summary>Drops a call that nobody waits for any more, unless it runs already.</summary>
    public void Withdraw(GrainCall call)
    {
        lock (_gate)
        {
            _waiting.Remove(call);
        }
    }

    /// <summary>Fails calls that were sent before <paramref name="sentBefore"/> (a timestamp) and are still unanswered.</summary>
    public void ExpireCalls(long sentBefore)
    {
        lock (_gate)
        {
            foreach (var call in _waiting.SentBefore(sentBefore))
            {
                _waiting.Remove(call);
                call.Expire(_engine.Options.ResponseTimeout);
            }

            foreach (var call in _running.SentBefore(sentBefore))
            {
                call.Expire(_engine.Options.ResponseTimeout);
            }
        }
    }

    public void EnterReentrantSection(Guid id)
    {
        lock (_gate)
        {
            _reentrantSections ??= [];
            _reentrantSections[id] = _reentrantSections.GetValueOrDefault(id) + 1;
        }
    }

    public void LeaveReentrantSection(Guid id)
    {
        lock (_gate)
        {
            if (_reentrantSections is not null && _reentrantSections.TryGetValue(id, out var depth))
            {
                if (depth == 1)
                {
                    _reentrantSections.Remove(id);
                }
                else
                {
                    _reentrantSections[id] = depth - 1;
                }
            }
        }
    }

    /// <summary>Runs something in a turn of its own, whatever else waits.</summary>
    public void StartTurn(Action action) => _scheduler.StartTurn(static state => ((Action)state!)(), action);

    public object ReferenceTo(Type interfaceType) => _engine.References.Create(interfaceType, GrainId);

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => GrainId.GetHashCode();

    public override string ToString() => GrainId.ToString();

    private bool MayStartNeedsLock(GrainCall call)
    {
        if (_phase == ActivationPhase.Active)
        {
            return _blocking is null && _waiting.Count == 0
                || Class.IsReentrant
                || call.Interleaves
                || InReentrantSectionNeedsLock(call);
        }

        // An ending activation still serves the call chains that its running calls wait for.
        return _phase == ActivationPhase.Ending && _running.Count > 0 && InReentrantSectionNeedsLock(call);
    }

    private bool InReentrantSectionNeedsLock(GrainCall call) =>
        call.ReentrancyId != Guid.Empty && _reentrantSections is not null && _reentrantSections.ContainsKey(call.ReentrancyId);

    private void StartNeedsLock(GrainCall call)
    {
        _running.Add(call);
        if (_blocking is null && !Class.IsReentrant && !call.Interleaves)
        {
            _blocking = call;
        }

        _scheduler.StartTurn(GrainCall.RunTurn, call);
    }

    private void StartWaitingNeedsLock()
    {
        while (_phase == ActivationPhase.Active && _blocking is null && _waiting.First is { } next)
        {
            _waiting.Remove(next);
            StartNeedsLock(next);
        }
    }
}
