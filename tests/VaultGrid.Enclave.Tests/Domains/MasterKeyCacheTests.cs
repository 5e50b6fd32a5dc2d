namespace VaultGrid.Enclave.Tests;

public sealed class MasterKeyCacheTests
{
    private static (Hash256, uint) Name(int n) => (Hash256.Sha256(BitConverter.GetBytes(n)), 1);

    [Fact]
    public void A_key_that_was_kept_is_found_and_wiped_when_everything_is_forgotten_and_nobody_uses_it()
    {
        using var cache = new MasterKeyCache();
        var master = MasterKey.Generate(MasterKeyKind.Aes256);
        using (var lease = cache.Keep(Name(1), master, cache.Epoch)) Assert.Same(master, lease.Value.Key);
        Assert.True(cache.TryTake(Name(1), out var used));
        Assert.False(cache.TryTake(Name(2), out _));

        cache.Clear();
        Assert.False(cache.TryTake(Name(1), out _));
        Assert.Equal(32, Copied(master).Length);
        used.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Copied(master));
    }

    [Fact]
    public void What_was_opened_before_a_chain_changed_is_not_kept()
    {
        using var cache = new MasterKeyCache();
        var before = cache.Epoch;
        cache.Clear();
        cache.Keep(Name(1), MasterKey.Generate(MasterKeyKind.Aes256), before).Dispose();
        Assert.False(cache.TryTake(Name(1), out _));
    }

    [Fact]
    public void What_was_not_used_for_longest_goes_first()
    {
        using var cache = new MasterKeyCache();
        const int Most = MasterKeyCache.Capacity / 32;
        for (var n = 0; n < Most; n++) cache.Keep(Name(n), MasterKey.Generate(MasterKeyKind.Aes256), cache.Epoch).Dispose();
        Assert.True(cache.TryTake(Name(0), out var first));
        first.Dispose();
        cache.Keep(Name(Most), MasterKey.Generate(MasterKeyKind.Aes256), cache.Epoch).Dispose();
        Assert.True(cache.TryTake(Name(0), out first));
        first.Dispose();
        Assert.False(cache.TryTake(Name(1), out _));
    }

    private static byte[] Copied(MasterKey master)
    {
        var bytes = new byte[32];
        master.Secret.CopyTo(bytes);
        return bytes;
    }
}
