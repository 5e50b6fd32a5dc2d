using VaultGrid.Engine.Tests.Hosting;

namespace VaultGrid.Engine.Tests.Timers;

public sealed class TimerTests : IAsyncLifetime
{
    private static readonly TimeSpan Due = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(5);

    private TestEngine _engine = null!;

    public async ValueTask InitializeAsync() => _engine = await TestEngine.StartAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task A_timer_ticks_when_due_and_after_each_period_even_if_a_tick_fails()
    {
        var grain = await StartAsync("ticking", interleave: false);
        await grain.FailOnTick(1);
        Advance(Due);
        await _engine.Stage.Until("tick:ticking:1");
        await Rest(grain);
        Advance(Period);
        await _engine.Stage.Until("tick:ticking:2");
    }

    [Fact]
    public async Task A_tick_waits_for_the_call_that_runs_unless_it_may_interleave()
    {
        var patient = await StartAsync("patient", interleave: false);
        var hasty = await StartAsync("hasty", interleave: true);
        var blocks = new[] { patient.Block("patient"), hasty.Block("hasty") };
        await Task.WhenAll(_engine.Stage.Until("in:patient"), _engine.Stage.Until("in:hasty"));
        Advance(Due);
        await _engine.Stage.Until("tick:hasty:1");
        Assert.False(_engine.Stage.IsReached("tick:patient:1"));
        _engine.Stage.Reach("go:patient");
        _engine.Stage.Reach("go:hasty");
        await Task.WhenAll(blocks);
        await _engine.Stage.Until("tick:patient:1");
    }

    [Fact]
    public async Task A_changed_timer_ticks_at_its_new_time_and_a_disposed_one_never()
    {
        var changed = await StartAsync("changed", interleave: false);
        var stopped = await StartAsync("stopped", interleave: false);
        await changed.Change(TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
        await stopped.Stop();
        Advance(TimeSpan.FromMinutes(1));
        await _engine.Stage.Until("tick:changed:1");
        Advance(TimeSpan.FromHours(1));
        await Rest(changed);
        await Rest(stopped);
        Assert.False(_engine.Stage.IsReached("tick:changed:2"));
        Assert.False(_engine.Stage.IsReached("tick:stopped:1"));
    }

    // A call that runs after the tick: when it has been answered, the tick has set the timer anew.
    private static Task Rest(ITimerGrain grain) => grain.FailOnTick(0);

    private void Advance(TimeSpan by) => _engine.Time.Advance(by);

    private async Task<ITimerGrain> StartAsync(string key, bool interleave)
    {
        var grain = _engine.Grains.GetGrain<ITimerGrain>(key);
        await grain.Start(Due, Period, interleave);
        return grain;
    }
}
