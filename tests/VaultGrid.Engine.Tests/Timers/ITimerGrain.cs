namespace VaultGrid.Engine.Tests.Timers;

[Alias("vg.test.timer.v1")]
public interface ITimerGrain : IGrainWithStringKey
{
    [Alias("Start")]
    Task Start(TimeSpan due, TimeSpan period, bool interleave);

    [Alias("Change")]
    Task Change(TimeSpan due, TimeSpan period);

    [Alias("Stop")]
    Task Stop();

    [Alias("Block")]
    Task Block(string name);

    [Alias("FailOnTick")]
    Task FailOnTick(int tick);
}
