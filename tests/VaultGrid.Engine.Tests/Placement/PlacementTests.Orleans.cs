using VaultGrid.Engine.Tests.Hosting;

namespace VaultGrid.Engine.Tests.Placement;

/// <summary>Several silos of real Orleans: a grain that fronts an enclave runs where that enclave is attached, and nowhere else.</summary>
public sealed class PlacementTests
{
    [Fact]
    public async Task A_grain_with_an_enclave_lives_on_the_silo_that_the_enclave_is_attached_to()
    {
        var connection = await TestEngine.CreateDatabaseAsync();
        await using var a = await StartAsync(connection, "a", "1/1", "1/2");
        await using var c = await StartAsync(connection, "c");
        await using (var b = await StartAsync(connection, "b", "1/3"))
        {
            foreach (var caller in (TestEngine[])[a, b, c])
            {
                Assert.Equal("a", await WhereAsync(caller, "1/1"));
                Assert.Equal("a", await WhereAsync(caller, "1/2"));
                Assert.Equal("b", await WhereAsync(caller, "1/3"));
            }

            await Assert.ThrowsAnyAsync<OrleansException>(() => a.Grains.GetGrain<IWhereGrain>("9/9").Where());
        }

        // Its silo is gone: refused, until another has the enclave.
        await Assert.ThrowsAnyAsync<OrleansException>(() => c.Grains.GetGrain<IWhereGrain>("1/3").Where());
        await using var d = await StartAsync(connection, "d", "1/3");
        Assert.Equal("d", await WhereAsync(c, "1/3"));
        Assert.Equal("d", await WhereAsync(a, "1/3"));
    }

    private static Task<TestEngine> StartAsync(string connection, string name, params string[] enclaves) => TestEngine.StartAsync(
        options =>
        {
            options.PostgresConnection = connection;
            options.AttachedGrains.Add(typeof(WhereGrain));
            foreach (var enclave in enclaves)
            {
                options.Enclaves.Add(enclave);
            }
        },
        name);

    // A silo learns of another's enclaves some moments after it has joined; until then there is no place.
    private static async Task<string> WhereAsync(TestEngine caller, string key)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await caller.Grains.GetGrain<IWhereGrain>(key).Where();
            }
            catch (OrleansException) when (attempt < 200)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
            }
        }
    }
}
