using VaultGrid.Engine.Tests.Hosting;

namespace VaultGrid.Engine.Tests.Turns;

public sealed class TurnTests(SharedEngine engine)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_runs_alone_until_it_is_answered_unless_the_other_may_interleave()
    {
        var (key, stage) = (SharedEngine.NewKey(), engine.Stage);
        var grain = engine.Grains.GetGrain<ITurnGrain>(key);
        var first = grain.Pass(key + "1", Cancel);
        await stage.Until("in:" + key + "1");
        var second = grain.Pass(key + "2", Cancel);

        Assert.Equal(key, await grain.Peek());
        Assert.False(stage.IsReached("in:" + key + "2"));

        stage.Reach("go:" + key + "2");
        stage.Reach("go:" + key + "1");
        await Task.WhenAll(first, second);
        Assert.Equal([key + "1", key + "2"], stage.Diary.Where(line => line.StartsWith(key, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Of_many_calls_sent_at_once_each_runs_exactly_once_in_some_order()
    {
        var grain = engine.Grains.GetGrain<ITurnGrain>(SharedEngine.NewKey());
        var numbers = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => grain.Note($"line {i}").AsTask()));
        Assert.Equal(Enumerable.Range(1, 500), numbers.Order());
    }

    [Fact]
    public async Task Every_await_in_a_grain_comes_back_to_its_own_scheduler() =>
        Assert.True(await engine.Grains.GetGrain<ITurnGrain>(SharedEngine.NewKey()).StaysAtHome());

    [Fact]
    public async Task Calls_to_a_reentrant_grain_interleave_but_its_turns_never_overlap()
    {
        var key = SharedEngine.NewKey();
        var grain = engine.Grains.GetGrain<IReentrantGrain>(key);
        await Task.WhenAll(grain.Meet(key + "a", key + "b"), grain.Meet(key + "b", key + "a"));
        var clashes = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => grain.Count()));
        Assert.All(clashes, clash => Assert.Equal(0, clash));
    }

    [Fact]
    public async Task A_call_chain_comes_back_into_a_grain_that_allows_it()
    {
        var first = engine.Grains.GetGrain<IChainGrain>(SharedEngine.NewKey());
        Assert.Equal("round", await first.GoRound(SharedEngine.NewKey(), allow: true, Cancel));
    }

    [Fact]
    public async Task A_call_chain_that_comes_back_uninvited_waits_and_can_be_cancelled()
    {
        var key = SharedEngine.NewKey();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var round = engine.Grains.GetGrain<IChainGrain>(key).GoRound(SharedEngine.NewKey(), allow: false, patience.Token);
        await engine.Stage.Until("back:" + key);
        Assert.False(engine.Stage.IsReached("answered:" + key));
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => round);
    }

    [Fact]
    public async Task Calls_made_in_one_turn_run_beside_each_other() =>
        Assert.True(await engine.Grains.GetGrain<IChainGrain>(SharedEngine.NewKey()).Fan(SharedEngine.NewKey(), SharedEngine.NewKey()));

    [Fact]
    public async Task A_stateless_worker_has_as_many_activations_as_allowed_and_no_more()
    {
        var (key, stage) = (SharedEngine.NewKey(), engine.Stage);
        var grain = engine.Grains.GetGrain<IWorkerGrain>(Random.Shared.NextInt64());
        var works = Enumerable.Range(0, 3).Select(i => grain.Work(key + i)).ToArray();
        var inside = Enumerable.Range(0, 3).Select(i => stage.Until("in:" + key + i)).ToArray();
        await await Task.WhenAny(inside);
        while (inside.Count(task => task.IsCompletedSuccessfully) < 2)
        {
            await await Task.WhenAny(inside.Where(task => !task.IsCompleted));
        }

        var third = Array.FindIndex(inside, task => !task.IsCompleted);
        Assert.True(third >= 0, "three calls are inside a worker of two");
        Assert.False(stage.IsReached("in:" + key + third));

        // Which of the two it waits for is the engine's affair.
        foreach (var other in Enumerable.Range(0, 3).Where(i => i != third))
        {
            stage.Reach("go:" + key + other);
        }

        await inside[third];
        stage.Reach("go:" + key + third);
        await Task.WhenAll(works);
    }
}
