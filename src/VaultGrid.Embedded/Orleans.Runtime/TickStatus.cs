namespace Orleans.Runtime;

/// <summary>Which tick of a reminder this is; times are UTC.</summary>
[GenerateSerializer, Immutable]
#pragma warning disable CA1815 // No equality, as in Orleans.
public readonly struct TickStatus
#pragma warning restore CA1815
{
    public TickStatus(DateTime firstTickTime, TimeSpan period, DateTime timeStamp)
    {
        FirstTickTime = firstTickTime;
        Period = period;
        CurrentTickTime = timeStamp;
    }

    [Id(0)]
    public DateTime FirstTickTime { get; }

    [Id(1)]
    public TimeSpan Period { get; }

    [Id(2)]
    public DateTime CurrentTickTime { get; }

    public override string ToString() => $"<{FirstTickTime}, {Period}, {CurrentTickTime}>";
}
