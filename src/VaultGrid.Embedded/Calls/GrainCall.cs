using System.Collections.Immutable;
using System.Diagnostics;
using Orleans.Runtime;
using VaultGrid.Embedded.Activations;
using VaultGrid.Embedded.Engine;

namespace VaultGrid.Embedded.Calls;

/// <summary>A piece of work for an activation: sent, waiting, running, answered.</summary>
internal abstract class GrainCall(GrainEngine engine, GrainId target)
{
    public static readonly Action<object?> RunTurn = static state =>
    {
        var call = (GrainCall)state!;
        _ = call.RunAsync(call.Host!);
    };

    public GrainEngine Engine { get; } = engine;

    public GrainId Target { get; } = target;

    public GrainId? Source { get; } = ActivationContext.Current?.GrainId;

    /// <summary>The caller's trace, which the grain's goes on from.</summary>
    public Activity? Trace { get; } = Activity.Current;

    /// <summary>Timestamp of <see cref="GrainEngine.Time"/>.</summary>
    public long SentAt { get; } = engine.Time.GetTimestamp();

    public ImmutableDictionary<string, object>? Context { get; init; }

    public Guid ReentrancyId { get; init; }

    public abstract bool Interleaves { get; }

    /// <summary>The activation is in use, so its idle time starts anew.</summary>
    public virtual bool CountsAsUse => true;

    /// <summary>May run in another activation than the one it waited for, and may be refused when too many wait.</summary>
    public virtual bool IsForTheGrain => true;

    /// <summary>The activation that it waits for or runs in.</summary>
    public Activation? Host { get; set; }

    /// <summary>How many activations ended while it waited for them.</summary>
    public int Forwards { get; set; }

    public CallList? List { get; set; }

    public GrainCall? Previous { get; set; }

    public GrainCall? Next { get; set; }

    public abstract Task RunAsync(Activation activation);

    public abstract void Fail(Exception exception);

    /// <summary>Tells the caller that its time is up, and the grain too if it listens.</summary>
    public abstract void Expire(TimeSpan timeout);
}
