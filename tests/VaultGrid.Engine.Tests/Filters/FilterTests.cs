using VaultGrid.Engine.Tests.Hosting;
using VaultGrid.Engine.Tests.Messages;

namespace VaultGrid.Engine.Tests.Filters;

public sealed class FilterTests(SharedEngine engine)
{
    [Fact]
    public async Task Filters_run_from_the_outside_in_and_may_replace_the_answer() =>
        Assert.Equal(
            "Stamp(FilteredGrain): text [outgoing Stamp] (filtered by itself)",
            await engine.Grains.GetGrain<IFilteredGrain>(SharedEngine.NewKey()).Stamp("text"));

    [Fact]
    public async Task What_a_filter_throws_reaches_the_caller() =>
        Assert.Equal(403, (await Assert.ThrowsAsync<RefusedException>(
            () => engine.Grains.GetGrain<IFilteredGrain>(SharedEngine.NewKey()).Stamp("forbidden"))).Status);
}
