using VaultGrid.Engine.Tests.Hosting;

namespace VaultGrid.Engine.Tests.Turns;

public sealed class OverloadTests
{
    private const int Limit = 10;

    [Fact]
    public async Task More_calls_than_may_wait_are_refused_at_once_and_the_others_are_served()
    {
        await using var engine = await TestEngine.StartAsync(options => options.MaxQueuedCalls = Limit);
        var grain = engine.Grains.GetGrain<ITurnGrain>("busy");
        var first = grain.Pass("busy", TestContext.Current.CancellationToken);
        await engine.Stage.Until("in:busy");
        var notes = Enumerable.Range(0, 4 * Limit).Select(i => grain.Note($"note {i}").AsTask()).ToArray();

        // The first call still runs: these answers are refusals. (Orleans counts the running call, we don't; hence the margin.)
        foreach (var tooMany in notes.Skip(Limit + 2))
        {
            await Assert.ThrowsAsync<LimitExceededException>(() => tooMany);
        }

        engine.Stage.Reach("go:busy");
        await first;
        Assert.Equal(Enumerable.Range(1, Limit - 1), (await Task.WhenAll(notes.Take(Limit - 1))).Order());
    }
}
