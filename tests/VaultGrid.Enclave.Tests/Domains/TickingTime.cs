namespace VaultGrid.Enclave.Tests;

/// <summary>A clock that goes on by a step whenever it is looked at; by nothing unless it is told to.</summary>
internal sealed class TickingTime(ManualTime time) : TimeProvider
{
    private long _ticks;

    public TimeSpan Step { get; set; }

    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Add(ref _ticks, Step.Ticks));

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => time.CreateTimer(callback, state, dueTime, period);
}
