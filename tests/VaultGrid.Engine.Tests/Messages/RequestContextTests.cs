using VaultGrid.Engine.Tests.Hosting;

namespace VaultGrid.Engine.Tests.Messages;

public sealed class RequestContextTests(SharedEngine engine)
{
    [Fact]
    public async Task Context_travels_down_the_calls_and_never_up()
    {
        RequestContext.Set("who", "caller");
        try
        {
            var grain = engine.Grains.GetGrain<IPostGrain>(Guid.NewGuid());
            Assert.Equal("caller, then caller", await grain.ContextBehind(Guid.NewGuid(), "who"));
            Assert.Equal("caller", RequestContext.Get("who"));
        }
        finally
        {
            RequestContext.Clear();
        }
    }

    [Fact]
    public async Task A_call_does_not_see_the_context_of_the_call_before_it()
    {
        var grain = engine.Grains.GetGrain<IPostGrain>(Guid.NewGuid());
        await grain.Context("left behind", "by the first");
        Assert.Null(await grain.Context("left behind", "by the second"));
    }
}
