using VaultGrid.Engine.Tests.Hosting;

namespace VaultGrid.Engine.Tests.Turns;

public sealed class CancellationTests(SharedEngine engine)
{
    [Fact]
    public async Task The_callers_cancellation_returns_at_once_and_the_grain_sees_it()
    {
        var key = SharedEngine.NewKey();
        using var source = new CancellationTokenSource();
        var call = engine.Grains.GetGrain<ITurnGrain>(key).Pass(key, source.Token);
        await engine.Stage.Until("in:" + key);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await engine.Stage.Until("cancelled:" + key);
    }

    [Fact]
    public async Task A_call_with_a_cancelled_token_never_reaches_the_grain()
    {
        var key = SharedEngine.NewKey();
        var grain = engine.Grains.GetGrain<ITurnGrain>(key);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => grain.Pass(key, new CancellationToken(canceled: true)));
        await grain.Peek();
        Assert.Equal(1, await grain.Note("after"));
        Assert.False(engine.Stage.IsReached("in:" + key));
    }

    [Fact]
    public async Task A_call_that_is_cancelled_while_it_waits_changes_nothing_in_a_grain_that_heeds_its_token()
    {
        var (key, stage) = (SharedEngine.NewKey(), engine.Stage);
        var grain = engine.Grains.GetGrain<ITurnGrain>(key);
        using var source = new CancellationTokenSource();
        var first = grain.Pass(key + "1", TestContext.Current.CancellationToken);
        await stage.Until("in:" + key + "1");
        var second = grain.Pass(key + "2", source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        stage.Reach("go:" + key + "1");
        await first;
        await grain.Note("later");

        // The cancellation travels by itself and may arrive after the call has begun; that it may go on is never said.
        if (stage.IsReached("in:" + key + "2")) await stage.Until("cancelled:" + key + "2");
        Assert.DoesNotContain(key + "2", stage.Diary);
    }
}
