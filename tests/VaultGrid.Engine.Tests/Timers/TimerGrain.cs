using VaultGrid.Engine.Tests.Hosting;

namespace VaultGrid.Engine.Tests.Timers;

public sealed class TimerGrain(Stage stage) : Grain, ITimerGrain
{
    private IGrainTimer? _timer;
    private int _ticks;
    private int _failing;

    public Task Start(TimeSpan due, TimeSpan period, bool interleave)
    {
        _timer = this.RegisterGrainTimer(
            Tick, new GrainTimerCreationOptions { DueTime = due, Period = period, Interleave = interleave });
        return Task.CompletedTask;
    }

    public Task Change(TimeSpan due, TimeSpan period)
    {
        _timer!.Change(due, period);
        return Task.CompletedTask;
    }

    public Task Stop()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public async Task Block(string name)
    {
        stage.Reach("in:" + name);
        await stage.Until("go:" + name);
    }

    public Task FailOnTick(int tick)
    {
        _failing = tick;
        return Task.CompletedTask;
    }

    private Task Tick(CancellationToken cancellationToken)
    {
        stage.Reach($"tick:{this.GetPrimaryKeyString()}:{++_ticks}");
        return _ticks == _failing ? throw new InvalidOperationException("a tick that fails on purpose") : Task.CompletedTask;
    }
}
