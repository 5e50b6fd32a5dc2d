namespace VaultGrid.Enclave.Tests;

/// <summary>Three of five clusters, every step through the enclaves' calls.</summary>
public sealed class LargerSessionTests() : AccountSessions(clusters: 5, threshold: 3)
{
    [Theory]
    [InlineData("1/1", "2/1", "3/1")]
    [InlineData("5/1", "3/1", "1/1")]
    [InlineData("4/1", "5/1", "2/1")]
    public async Task Any_three_of_five_clusters_sign_at_once_or_prepared(params string[] nodes)
    {
        var (call, digest) = NewRequest();
        Verify(await (await PlanAsync(call, nodes)).SignAsync(), digest);

        var prepared = await PlanAsync(null, nodes);
        Assert.Equal(0, (await prepared.SignAsync())?.Length);
        (call, digest) = NewRequest();
        Verify(await prepared.GoAsync(call), digest);
    }

    [Fact]
    public async Task Two_of_them_are_too_few_and_four_too_many()
    {
        var (call, _) = NewRequest();
        foreach (var nodes in new string[][] { ["1/1", "2/1"], ["1/1", "2/1", "3/1", "4/1"] })
        {
            var session = await PlanAsync(call, nodes);
            var outcome = await Site["1/1"].TryAsync(session.Opening);
            Assert.NotNull(outcome.Refusal);
        }
    }

    [Fact]
    public async Task Sessions_of_one_key_run_beside_each_other()
    {
        var signed = await Task.WhenAll(Enumerable.Range(0, 8).Select(turn => Task.Run(async () =>
        {
            PerformCall call;
            Hash256 digest;
            lock (Grid) (call, digest) = NewRequest();
            string[] nodes = turn % 2 == 0 ? ["1/1", "2/1", "3/1"] : ["3/1", "1/1", "5/1"];
            return (Result: await (await PlanAsync(call, nodes)).SignAsync(), Digest: digest);
        })));
        foreach (var (result, digest) in signed) Verify(result, digest);

        // No nonce twice: every r is another.
        Assert.Equal(signed.Length, signed.Select(one => Hex.Encode(one.Result!.Value.Span[..32])).Distinct().Count());
    }
}
