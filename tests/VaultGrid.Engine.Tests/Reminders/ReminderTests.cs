using VaultGrid.Engine.Tests.Hosting;

namespace VaultGrid.Engine.Tests.Reminders;

public sealed class ReminderTests
{
    [Fact]
    public async Task A_reminder_is_listed_until_it_is_unregistered_and_can_be_changed()
    {
        await using var engine = await TestEngine.StartAsync();
        var grain = engine.Grains.GetGrain<IAlarmGrain>("listed");
        await grain.Set("a", TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        await grain.Set("b", TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        await grain.Set("a", TimeSpan.FromHours(2), TimeSpan.FromHours(3));
        Assert.Equal(["a", "b"], await grain.Names());
        await grain.Unset("a");
        Assert.Equal(["b"], await grain.Names());
        await Assert.ThrowsAsync<InvalidOperationException>(() => grain.Unset("a"));
    }

    [Fact]
    public async Task A_period_under_a_minute_is_refused()
    {
        await using var engine = await TestEngine.StartAsync();
        var grain = engine.Grains.GetGrain<IAlarmGrain>("hasty");
        await Assert.ThrowsAsync<ArgumentException>(() => grain.Set("fast", TimeSpan.Zero, TimeSpan.FromSeconds(59)));
        Assert.Empty(await grain.Names());
    }

    [Fact]
    public async Task A_reminder_wakes_its_grain_after_a_restart()
    {
        await using var engine = await TestEngine.StartAsync();
        await engine.Grains.GetGrain<IAlarmGrain>("sleeper").Set("wake", TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(60));
        await engine.RestartAsync();
        Assert.False(engine.Stage.IsReached("rang:sleeper:wake:60"));

        // Orleans reads its reminders some time after the start: the clock goes on until it has.
        var rang = engine.Stage.Until("rang:sleeper:wake:60");
        while (!rang.IsCompleted)
        {
            engine.Time.Advance(TimeSpan.FromMinutes(1));
            await Task.WhenAny(rang, Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken));
        }

        await rang;
    }
}
