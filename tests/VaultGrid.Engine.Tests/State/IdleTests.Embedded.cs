using VaultGrid.Engine.Tests.Hosting;

namespace VaultGrid.Engine.Tests.State;

public sealed class IdleTests
{
    [Fact]
    public async Task An_activation_that_nobody_uses_is_ended_and_one_that_is_used_stays()
    {
        await using var engine = await TestEngine.StartAsync(options => options.CollectionAge = TimeSpan.FromMinutes(10));
        var (idle, used) = (engine.Grains.GetGrain<IAccountGrain>("idle"), engine.Grains.GetGrain<IAccountGrain>("used"));
        var (idleId, usedId) = (await idle.Activation(), await used.Activation());
        engine.Time.Advance(TimeSpan.FromMinutes(8));
        Assert.Equal(usedId, await used.Activation());
        engine.Time.Advance(TimeSpan.FromMinutes(3));
        await engine.Stage.Until($"left:{idleId}:ActivationIdle");
        Assert.Equal(usedId, await used.Activation());
        Assert.NotEqual(idleId, await idle.Activation());
    }

    [Fact]
    public async Task A_call_that_is_not_answered_in_time_fails_and_cancels_what_it_started()
    {
        await using var engine = await TestEngine.StartAsync(options => options.ResponseTimeout = TimeSpan.FromSeconds(30));
        var call = engine.Grains.GetGrain<Turns.ITurnGrain>("slow").Pass("slow", CancellationToken.None);
        await engine.Stage.Until("in:slow");
        engine.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(call.IsCompleted);
        engine.Time.Advance(TimeSpan.FromSeconds(3));
        await Assert.ThrowsAsync<TimeoutException>(() => call);
        await engine.Stage.Until("cancelled:slow");
    }
}
