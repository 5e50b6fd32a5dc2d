using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>How a grain timer ticks.</summary>
#pragma warning disable CA1815 // No equality, as in Orleans.
public readonly struct GrainTimerCreationOptions()
#pragma warning restore CA1815
{
    [SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period)
        : this()
    {
        DueTime = dueTime;
        Period = period;
    }

    /// <summary>Time to the first tick; <see cref="Timeout.InfiniteTimeSpan"/> for none.</summary>
    public required TimeSpan DueTime { get; init; }

    /// <summary>From the end of a tick to the next; <see cref="Timeout.InfiniteTimeSpan"/> for a single tick.</summary>
    public required TimeSpan Period { get; init; }

    /// <value>False: a tick waits for the call that runs, and calls wait for it.</value>
    public bool Interleave { get; init; }

    /// <value>False: ticks don't count as use, so an otherwise idle activation is collected.</value>
    public bool KeepAlive { get; init; }
}
