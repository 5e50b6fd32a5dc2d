using System.Diagnostics;
using VaultGrid.Engine.Tests.Hosting;

namespace VaultGrid.Engine.Tests.State;

public sealed class RestlessTests(SharedEngine engine)
{
    [Fact]
    public async Task A_grain_that_always_leaves_refuses_its_caller_in_the_end() =>
        await Assert.ThrowsAnyAsync<OrleansException>(engine.Grains.GetGrain<IRestlessGrain>("restless " + SharedEngine.NewKey()).Stay);

    [Fact]
    public async Task A_trace_goes_on_in_the_grain()
    {
        using var activity = new Activity("test").Start();
        Assert.Equal(activity.TraceId.ToHexString(), await engine.Grains.GetGrain<IRestlessGrain>("traced").TraceId());
    }
}
