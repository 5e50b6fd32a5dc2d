namespace VaultGrid.Enclave.Tests;

/// <summary>Three of five clusters, every step through the enclaves' calls.</summary>
public sealed class LargerSessionTests : IAsyncLifetime
{
    private const string Account = "m/44/60/0/0/7";

    private readonly ThresholdGrid _grid = new(clusters: 5);
    private TestDeal _deal = null!;

    public async ValueTask InitializeAsync()
    {
        await _grid.StartAsync();
        _deal = await _grid.DealAsync(threshold: 3, policy: name => TestGrid.Policy(KeyId.Parse(name), 2, _grid.Grid.Admins, null, "m/44/60/*/0/*"));
    }

    public ValueTask DisposeAsync() => _grid.DisposeAsync();

    [Theory]
    [InlineData("1/1", "2/1", "3/1")]
    [InlineData("5/1", "3/1", "1/1")]
    [InlineData("4/1", "5/1", "2/1")]
    public async Task Any_three_of_five_clusters_sign_at_once_or_prepared(params string[] nodes)
    {
        var (call, digest) = Request();
        Verify(await (await TestSession.PlanAsync(_grid, _deal, nodes, call)).SignAsync(), digest);

        var prepared = await TestSession.PlanAsync(_grid, _deal, nodes, null);
        Assert.Equal(0, (await prepared.SignAsync())?.Length);
        (call, digest) = Request();
        Verify(await prepared.GoAsync(call), digest);
    }

    [Fact]
    public async Task Two_of_them_are_too_few_and_four_too_many()
    {
        var (call, _) = Request();
        foreach (var nodes in new string[][] { ["1/1", "2/1"], ["1/1", "2/1", "3/1", "4/1"] })
        {
            var session = await TestSession.PlanAsync(_grid, _deal, nodes, call);
            var outcome = await _grid["1/1"].TryAsync(session.Opening);
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
            lock (_grid) (call, digest) = Request();
            string[] nodes = turn % 2 == 0 ? ["1/1", "2/1", "3/1"] : ["3/1", "1/1", "5/1"];
            return (Result: await (await TestSession.PlanAsync(_grid, _deal, nodes, call)).SignAsync(), Digest: digest);
        })));
        foreach (var (result, digest) in signed) Verify(result, digest);

        // No nonce twice: every r is another.
        Assert.Equal(signed.Length, signed.Select(one => Hex.Encode(one.Result!.Value.Span[..32])).Distinct().Count());
    }

    private (PerformCall Call, Hash256 Digest) Request()
    {
        var digest = new Hash256(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
        var request = _grid.Grid.Sign(_deal.Key, _deal.Policy, new SigningSubject.Digest(digest), Account) with { Clusters = ClusterSet.Of(1, 2, 3, 4, 5) };
        return (_grid.Grid.Approved(request), digest);
    }

    private void Verify(ReadOnlyMemory<byte>? result, Hash256 digest)
    {
        var account = _deal.Statement.ExtendedPublicKey.Derive([.. DerivationPath.Parse(Account).Value.Steps]).Value.PublicKey;
        Assert.True(account.Verify(digest.AsSpan(), EcdsaSignature.FromCompact(result!.Value.Span[..64], result.Value.Span[64]).Value));
    }
}
