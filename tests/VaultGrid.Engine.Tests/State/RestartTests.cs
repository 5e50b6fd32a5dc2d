using VaultGrid.Engine.Tests.Hosting;

namespace VaultGrid.Engine.Tests.State;

public sealed class RestartTests
{
    [Fact]
    public async Task State_survives_a_restart_and_a_stop_ends_activations_in_good_order()
    {
        await using var engine = await TestEngine.StartAsync();
        var keys = Enumerable.Range(0, 20).Select(i => $"account {i}").ToArray();
        await Task.WhenAll(keys.Select((key, i) => engine.Grains.GetGrain<IAccountGrain>(key).Add(i)));
        var activation = await engine.Grains.GetGrain<IAccountGrain>(keys[7]).Activation();

        await engine.RestartAsync();

        Assert.True(engine.Stage.IsReached($"left:{activation}:ShuttingDown"));
        for (var i = 0; i < keys.Length; i++)
        {
            var (balance, exists, _) = await engine.Grains.GetGrain<IAccountGrain>(keys[i]).Balance();
            Assert.Equal((i, true), (balance, exists));
        }
    }
}
