using Orleans.Storage;
using VaultGrid.Engine.Tests.Hosting;

namespace VaultGrid.Engine.Tests.State;

public sealed class StateTests(SharedEngine engine)
{
    private IAccountGrain NewGrain() => engine.Grains.GetGrain<IAccountGrain>(SharedEngine.NewKey());

    [Fact]
    public async Task State_is_read_before_the_grain_is_activated_and_survives_its_end()
    {
        var grain = NewGrain();
        Assert.Equal((0, false, null), await grain.Balance());
        await grain.Add(40);
        Assert.Equal(42, await grain.Add(2));
        var gone = await grain.Leave();
        await engine.Stage.Until($"left:{gone}:ApplicationRequested");

        Assert.Equal(42, await grain.OpeningBalance());
        Assert.NotEqual(gone, await grain.Activation());
    }

    [Fact]
    public async Task Cleared_state_is_empty_and_can_be_written_again()
    {
        var grain = NewGrain();
        await grain.Add(5);
        await grain.Clear();
        var (balance, exists, _) = await grain.Balance();
        Assert.Equal((0, false), (balance, exists));
        await grain.Leave();
        Assert.False((await grain.Balance()).Exists);
        Assert.Equal(7, await grain.Add(7));
    }

    [Fact]
    public async Task Clearing_what_was_never_written_changes_nothing()
    {
        var grain = NewGrain();
        await grain.Clear();
        Assert.Equal((0, false, null), await grain.Balance());
        Assert.Equal(1, await grain.Add(1));
    }

    [Fact]
    public async Task A_write_that_meets_a_newer_one_is_refused_and_ends_the_activation()
    {
        var grain = NewGrain();
        var before = await grain.Activation();
        await Assert.ThrowsAsync<InconsistentStateException>(grain.Race);
        Assert.Equal(1000, await grain.OpeningBalance());
        Assert.NotEqual(before, await grain.Activation());
    }

    [Fact]
    public async Task Calls_that_wait_for_a_leaving_activation_are_served_by_the_next()
    {
        var grain = NewGrain();
        await grain.Add(1);
        var left = grain.Leave();
        var adds = Enumerable.Range(0, 50).Select(_ => grain.Add(1)).ToArray();
        await left;
        Assert.Equal(51, (await Task.WhenAll(adds)).Max());
    }
}
