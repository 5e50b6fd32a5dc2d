using VaultGrid.Engine.Tests.Hosting;
using VaultGrid.Engine.Tests.Messages;

namespace VaultGrid.Engine.Tests.State;

public sealed class ActivationTests(SharedEngine engine)
{
    [Fact]
    public async Task What_a_failing_activation_throws_reaches_its_caller_and_the_next_call_tries_again()
    {
        var grain = engine.Grains.GetGrain<IFragileGrain>(SharedEngine.NewKey());
        Assert.Equal(503, (await Assert.ThrowsAsync<RefusedException>(grain.Live)).Status);
        Assert.Equal(2, await grain.Live());
    }
}
