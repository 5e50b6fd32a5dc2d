using VaultGrid.Model.Certificates;

namespace VaultGrid.Enclave.Tests;

/// <summary>Trusts as large as they may be, many chains, and uses while a chain grows.</summary>
public sealed class LargeTrustTests : IAsyncLifetime
{
    private readonly DomainGrid _grid = new();

    public async ValueTask InitializeAsync() => await _grid.StartAsync(nodes: 2);

    public ValueTask DisposeAsync()
    {
        _grid.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_Trust_of_as_many_HSMs_as_it_may_name_begins_a_grid_and_serves()
    {
        var hsms = await HsmsAsync(TrustBody.HsmLimit);
        var bare = Trust.Of(TrustBody.Create(null, _grid.Chain, hsms, [], 0).Value);
        Assert.True(bare.ToBytes().Length > EnclaveLimits.Document);
        var bootstrap = await _grid.BootstrapAsync(1, bare);
        await _grid.LearnAsync(2, bootstrap);
        var owned = await _grid.CreateAsync(1, bootstrap, MasterKeyKind.EcdsaP256, _grid.Operators[0].Identity.Uri);
        Assert.Equal(TrustBody.HsmLimit, owned.Keys.Tokens.Length);
        var sign = _grid.Call(new DomainParameters.Sign(owned.Keys.Hash, 0, new byte[32]));
        Assert.Equal(1U, (await _grid[2].AskAsync(sign.Use(owned))).Master);

        var next = TrustBody.Create(bootstrap.Body, _grid.Chain, hsms, _grid.Operators.Select(one => one.Parsed), 3).Value;
        Assert.Equal(2UL, (await _grid.BootstrapAsync(1, _grid.SignedBy(next, 1, 2, 3))).Body.Number);
        Assert.Equal(RefusalCode.TrustMalformed, TrustBody.Create(null, _grid.Chain, [.. hsms, Absent(200)], [], 0).Refusal?.Code);
    }

    [Fact]
    public async Task Any_other_request_has_a_document_of_its_old_size()
    {
        var policy = _grid.Grid.KeyPolicy();
        var call = _grid.Grid.Approved(_grid.Grid.CreateKey(policy), new byte[EnclaveLimits.Document + 1]);
        await _grid[1].RefusesAsync(RefusalCode.InputTooLarge, call);
    }

    [Fact]
    public async Task Wrap_keys_that_no_Trust_names_are_the_first_to_go()
    {
        await _grid.FirstAsync(1, 2);
        var unused = await _grid.EntryAsync(1, Id(1));
        for (var n = 2; n < EnclaveLimits.Chains; n++) await _grid.EntryAsync(1, Id(n));
        Assert.Equal(EnclaveLimits.Chains, (await _grid[1].AskAsync(new ChainsCall())).Count);
        await _grid.EntryAsync(1, Id(EnclaveLimits.Chains));

        var chains = await _grid[1].AskAsync(new ChainsCall());
        Assert.Equal(EnclaveLimits.Chains, chains.Count);
        Assert.Contains(chains, chain => chain.Id == _grid.Chain);
        Assert.DoesNotContain(chains, chain => chain.Id == Id(1));
        Assert.NotEqual(unused.WrapKey, (await _grid.EntryAsync(1, Id(1))).WrapKey);
    }

    [Fact]
    public async Task Domains_are_used_on_all_sides_while_their_chain_grows()
    {
        var trust = await _grid.FirstAsync(1, 2);
        var domain = await _grid.CreateAsync(1, trust);
        var (header, fileKey) = await _grid.EncryptAsync(1, domain);
        using var grown = new CancellationTokenSource();
        var users = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var uses = 0;
            for (; uses < 5 || !grown.IsCancellationRequested; uses++) Assert.Equal(fileKey, await _grid.DecryptAsync(1, domain, header));
            return uses;
        })).ToList();
        for (var n = 0; n < 8; n++) trust = await _grid.NextAsync(trust, sealer: 1, 1, 2);
        await grown.CancelAsync();
        Assert.All(await Task.WhenAll(users), uses => Assert.True(uses >= 5));
        Assert.Equal(9UL, Assert.Single(await _grid[1].AskAsync(new ChainsCall())).Number);
    }

    private static TrustId Id(int n) => TrustId.FromRandom([.. BitConverter.GetBytes(n), .. new byte[12]]);

    private async Task<List<TrustHsm>> HsmsAsync(int count) =>
        [await _grid.EntryAsync(1), await _grid.EntryAsync(2), .. Enumerable.Range(10, count - 2).Select(index => Absent((uint)index))];

    // An HSM with certificate and keys, and no machine.
    private TrustHsm Absent(uint index)
    {
        var device = _grid.Grid.Leaf(_grid.Grid.Clusters[0], CertificateIdentity.Device(new NodeId(new ClusterId(1), index)));
        using var key = Crypto.WrapKey.Generate(WrapKeyKind.P256);
        return new TrustHsm(device.Parsed, key.Public, DomainGrid.Sign(device, TrustHsm.Statement(_grid.Chain, device.Parsed.Key, key.Public)));
    }
}
