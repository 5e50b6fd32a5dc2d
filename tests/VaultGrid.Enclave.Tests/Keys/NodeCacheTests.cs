namespace VaultGrid.Enclave.Tests;

/// <summary>Inner nodes: bounded, shared by threads, wiped when nobody uses them any more.</summary>
public sealed class NodeCacheTests
{
    private readonly VaultKey _key = MakeKey();

    [Fact]
    public void A_node_from_the_cache_is_the_node_that_is_derived()
    {
        using var cache = new NodeCache();
        var path = DerivationPath.Parse("m/44'/60'/1'/0").Value;
        for (var i = 0; i < 3; i++)
        {
            using var lease = cache.Take(_key, path).Value;
            Assert.Equal(Derived(path), lease.Value.PublicKey);
        }
    }

    [Fact]
    public void More_nodes_than_it_keeps_are_still_right_from_many_threads()
    {
        using var cache = new NodeCache();
        Parallel.For(0, 3 * NodeCache.Capacity, i =>
        {
            var path = new DerivationPath((uint)(i * 7919 % (NodeCache.Capacity + 200)));
            using var lease = cache.Take(_key, path).Value;
            Assert.Equal(Derived(path), lease.Value.PublicKey);
        });
    }

    [Fact]
    public void A_secret_is_wiped_when_it_is_closed_and_its_last_user_has_gone()
    {
        var secret = SecretBytes.Random(32);
        var leased = new Leased<SecretBytes>(secret);
        Assert.True(leased.TryTake(out var lease));
        leased.Close();
        leased.Close();
        Assert.False(leased.TryTake(out _));
        secret.CopyTo(new byte[32]);
        lease.Dispose();
        Assert.Throws<ObjectDisposedException>(() => secret.CopyTo(new byte[32]));
    }

    [Fact]
    public void A_destroyed_key_derives_nothing_and_a_closed_cache_keeps_nothing()
    {
        var cache = new NodeCache();
        cache.Dispose();
        using (cache.Take(_key, DerivationPath.Master).Value) Assert.Equal("NodeCache(redacted)", cache.ToString());
        _key.Seed.Close();
        Assert.Equal(RefusalCode.PhaseRefused, cache.Take(_key, DerivationPath.Master).Refusal?.Code);
    }

    private static VaultKey MakeKey()
    {
        var (seed, fingerprint) = RootSeed.Generate();
        var grid = new TestGrid(DateTimeOffset.UtcNow, admins: 2);
        var policy = grid.KeyPolicy();
        var birth = new BirthRecord { KeyId = policy.KeyId, Kind = KeyKind.Bip32, Fingerprint = fingerprint, Policy = policy.Hash(), Request = default };
        var record = new ApprovedRecord(default, [], birth.ToUtf8(), DateTimeOffset.UnixEpoch, default, default);
        return new VaultKey(new KeyEvidence(record, policy.ToUtf8(), []), birth, PolicyChain.Start(policy).Value, new Leased<SecretBytes>(seed));
    }

    private PublicKey Derived(DerivationPath path)
    {
        Assert.True(_key.Seed.TryTake(out var seed));
        using (seed)
        using (var root = ExtendedPrivateKey.FromSeed(seed.Value).Value)
        using (var node = root.Derive(path).Value)
            return node.PublicKey;
    }
}
