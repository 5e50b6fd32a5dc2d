namespace VaultGrid.Enclave.Tests;

/// <summary>A dealt key on its way into the enclaves of three clusters: wrap keys, import, copies, the store.</summary>
public sealed class DealTests : IAsyncLifetime
{
    private static readonly KeyId Shared = KeyId.Parse("shared");
    private static readonly ClusterId One = new(1);

    private readonly ThresholdGrid _grid = new(clusters: 3, nodesPerCluster: 2);

    public async ValueTask InitializeAsync() => await _grid.StartAsync();

    public ValueTask DisposeAsync() => _grid.DisposeAsync();

    [Fact]
    public async Task A_dealt_key_has_one_name_in_every_cluster_and_survives_copies_and_restarts()
    {
        var deal = await _grid.DealAsync(threshold: 2);
        foreach (var cluster in Enumerable.Range(1, 3))
        {
            await _grid[$"{cluster}/2"].CopyKeyAsync(_grid.First(cluster), "shared");
            foreach (var id in new[] { $"{cluster}/1", $"{cluster}/2" })
            {
                _grid.Restart(id);
                var held = Assert.Single((await _grid[id].StatusAsync()).Keys);
                Assert.Equal((Shared, KeyKind.ThresholdEcdsa, deal.Key), (held.KeyId, held.Kind, held.Key));
            }
        }
    }

    [Fact]
    public async Task The_same_import_again_is_answered_again_and_its_wrap_key_is_gone()
    {
        var deal = await _grid.DealAsync(threshold: 2);
        var node = _grid.First(1);
        var before = await node.StatusAsync();
        Assert.IsType<Performed.KeyCreated>(await node.AskAsync(deal.Import(One)));
        Statuses.Same(before, await node.StatusAsync());
        await node.RefusesAsync(RefusalCode.KeyExists, new WrapKeyCall(Shared));
        Assert.Empty(Stored("1/1").WrapKeys);
    }

    [Fact]
    public async Task Imports_and_copies_at_the_same_moment_take_the_key_once()
    {
        var deal = await Draw();
        var imports = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => _grid.First(1).AskAsync(deal.Import(One)))));
        Assert.All(imports, performed => Assert.Equal(
            Assert.IsType<Performed.KeyCreated>(imports[0]).Evidence.Birth.Signature.ToArray(),
            Assert.IsType<Performed.KeyCreated>(performed).Evidence.Birth.Signature.ToArray()));
        Assert.Equal(deal.Key, Assert.Single((await _grid.First(1).StatusAsync()).Keys).Key);

        var copies = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => _grid["1/2"].CopyKeyAsync(_grid.First(1), "shared"))));
        Assert.All(copies, held => Assert.Equal(deal.Key, held.Key));
        Assert.Single((await _grid["1/2"].StatusAsync()).Keys);
    }

    [Fact]
    public async Task A_wrap_key_stays_the_same_over_restarts_until_the_import()
    {
        var first = await _grid.First(1).AskAsync(new WrapKeyCall(Shared));
        _grid.Restart("1/1");
        var second = await _grid.First(1).AskAsync(new WrapKeyCall(Shared));
        Assert.Equal(first.Statement.ToArray(), second.Statement.ToArray());
        Assert.NotEqual(first.Statement.ToArray(), (await _grid.First(1).AskAsync(new WrapKeyCall(KeyId.Parse("other")))).Statement.ToArray());
        for (var i = 2; i < EnclaveLimits.WrapKeys; i++) await _grid.First(1).AskAsync(new WrapKeyCall(KeyId.Parse($"key-{i}")));
        await _grid.First(1).RefusesAsync(RefusalCode.EnclaveBusy, new WrapKeyCall(KeyId.Parse("one-more")));
    }

    [Fact]
    public async Task A_store_of_a_provisioned_enclave_has_format_3()
    {
        Assert.Equal(3u, Format("1/1"));
        await _grid.First(1).AskAsync(new WrapKeyCall(Shared));
        await _grid.DealAsync(threshold: 2);
        Assert.Equal(3u, Format("1/1"));
    }

    [Fact]
    public async Task A_part_that_was_not_published_is_refused_and_named()
    {
        // The lowest byte of the first share of cluster 1.
        var deal = await Draw((cluster, part) => part[4 + 31] ^= (byte)(cluster == 1 ? 1 : 0));
        var outcome = await _grid.First(1).TryAsync(deal.Import(One));
        Assert.Equal(RefusalCode.InputMalformed, outcome.Refusal?.Code);
        Assert.Contains("clusters 2 lack", outcome.Refusal!.Detail, StringComparison.Ordinal);
        Assert.Empty((await _grid.First(1).StatusAsync()).Keys);

        // The refusal spent nothing: the other clusters' parts are good.
        Assert.IsType<Performed.KeyCreated>(await _grid.First(2).AskAsync(deal.Import(new ClusterId(2))));
    }

    [Fact]
    public async Task A_prime_that_is_none_is_refused()
    {
        var deal = await Draw((_, part) => part[^1] ^= 4);
        await _grid.First(1).RefusesAsync(RefusalCode.InputMalformed, deal.Import(One));
    }

    [Fact]
    public async Task Only_the_node_that_the_part_is_wrapped_for_takes_it()
    {
        var deal = await Draw();
        await _grid["1/2"].RefusesAsync(RefusalCode.NodeForeign, deal.Import(One));
        await _grid.First(1).RefusesAsync(RefusalCode.InputMalformed, deal.Import(new ClusterId(2)));
    }

    [Fact]
    public async Task A_part_for_a_wrap_key_that_is_gone_is_refused()
    {
        var deal = await Draw();

        // Another enclave of the same name, with a wrap key of its own: node 1/1 lost its store and was made anew.
        using var store = new TestStore(_grid.Time);
        var anew = store.Start(_grid.Grid, "1/1");
        await anew.JoinClusterAsync(TestGrid.Membership([1, 2]));
        await anew.RefusesAsync(RefusalCode.StateConflict, deal.Import(One));
        await anew.AskAsync(new WrapKeyCall(Shared));
        await anew.RefusesAsync(RefusalCode.StateConflict, deal.Import(One));
    }

    [Fact]
    public async Task Without_the_quorum_nothing_is_imported()
    {
        var deal = await Draw();
        var call = deal.Import(One);
        await _grid.First(1).RefusesAsync(RefusalCode.ApprovalQuorum, call with { Approvals = [call.Approvals[0]] });
    }

    [Fact]
    public async Task Another_manifest_or_policy_than_approved_is_refused()
    {
        var (deal, other) = (await Draw(), await Draw());
        var document = deal.Document(One);
        foreach (var harmed in new[]
        {
            document with { Manifest = other.Manifest.ToBytes() },
            document with { FirstPolicy = _grid.Grid.KeyPolicy("elsewhere").ToUtf8() },
            document with { Wrap = other.Document(One).Wrap },
        })
            await _grid.First(1).RefusesAsync(RefusalCode.InputMalformed, _grid.Grid.Approved(deal.Request, harmed.ToBytes()));
    }

    [Fact]
    public async Task No_cluster_signs_alone_with_a_threshold_key()
    {
        var deal = await _grid.DealAsync(threshold: 2);
        var sign = _grid.Grid.Sign(deal.Key, deal.Policy);
        await _grid.First(1).RefusesAsync(RefusalCode.RequestCluster, _grid.Grid.Approved(sign));
        await _grid.First(1).RefusesAsync(RefusalCode.RequestCluster, _grid.Grid.Approved(sign with { Clusters = ClusterSet.Of(1, 2) }));
        await _grid.First(1).RefusesAsync(RefusalCode.RequestCluster, new AuditSignCall(deal.Key, new byte[8]));
    }

    [Fact]
    public async Task Accounts_of_a_threshold_key_are_its_non_hardened_children()
    {
        var deal = await _grid.DealAsync(threshold: 2);
        var path = DerivationPath.Parse("m/44'").Value;
        await _grid.First(1).RefusesAsync(RefusalCode.InputUnsupported, new DeriveAccountCall(deal.Key, path));
        var root = await _grid.First(1).AskAsync(new DeriveAccountCall(deal.Key, DerivationPath.Master));
        Assert.Equal(deal.Statement.PublicKey.Compressed.ToArray(), root.Span[^33..].ToArray());
        Assert.Equal(deal.Statement.ChainCode.ToArray(), root.Span[^65..^33].ToArray());
    }

    private uint Format(string id) => StoreHeader.Read(File.ReadAllBytes(_grid.Store(id).StoreFile), out _).Value.Format;

    private VaultState Stored(string id)
    {
        using var adapter = new SoftwareAdapter(KeyFileSecret.Read(_grid.Store(id).KeyFile).Value);
        var (sealing, state) = StoreSealing.Open(File.ReadAllBytes(_grid.Store(id).StoreFile), adapter).Value;
        sealing.Dispose();
        foreach (var key in state.Keys.All) key.Close();
        return state;
    }

    private Task<TestDeal> Draw(Action<uint, byte[]>? harm = null) =>
        TestDeal.DrawAsync(_grid.Grid, [_grid.First(1), _grid.First(2), _grid.First(3)], 2, harm: harm);
}
