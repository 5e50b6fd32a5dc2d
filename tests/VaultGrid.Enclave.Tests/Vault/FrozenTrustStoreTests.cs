using System.Runtime.CompilerServices;

namespace VaultGrid.Enclave.Tests;

/// <summary>A store of format 3 with chains of Trusts: one that ended its bootstrap, one forked, one retired from, one without a Trust (<c>frozen/</c>). Every later version reads it.</summary>
public sealed class FrozenTrustStoreTests
{
    [Fact]
    public async Task A_section_of_Trusts_is_read_as_it_was_written()
    {
        var expected = await File.ReadAllTextAsync(Frozen("store-3-trusts.txt"), TestContext.Current.CancellationToken);
        Assert.Equal(expected, Describe(File.ReadAllBytes(Frozen("store-3-trusts.sealed")), Frozen("store-3-trusts.key")));
    }

    /// <summary>Writes the frozen files anew: when a format is added, never to make a test pass.</summary>
    [Fact(Explicit = true)]
    public async Task Freeze()
    {
        using var grid = new DomainGrid();
        await grid.StartAsync(nodes: 2);
        var begun = await grid.BootstrapAsync(1, Trust.Of(TrustBody.Create(null, grid.Chain, [await grid.EntryAsync(1), await grid.EntryAsync(2)], [], 0).Value));
        await grid.BootstrapAsync(1, grid.SignedBy(await grid.BodyAsync(begun.Body, [1, 2]), 1, 2, 3));

        var forked = new TrustId(Guid.Parse("11111111-1111-1111-1111-111111111111"));
        var first = await grid.SealAsync(1, grid.SignedBy(await grid.BodyAsync(null, [1, 2], chain: forked), 1, 2, 3));
        await grid.SealAsync(1, grid.SignedBy(await grid.BodyAsync(first.Body, [1, 2], chain: forked), 1, 2, 3));
        var rival = await grid.SealAsync(2, grid.SignedBy(await grid.BodyAsync(first.Body, [1, 2], 4, chain: forked), 1, 2, 3), first);
        await grid.LearnAsync(1, rival);

        var left = new TrustId(Guid.Parse("22222222-2222-2222-2222-222222222222"));
        var both = await grid.SealAsync(1, grid.SignedBy(await grid.BodyAsync(null, [1, 2], chain: left), 1, 2, 3));
        var without = await grid.SealAsync(2, grid.SignedBy(await grid.BodyAsync(both.Body, [2], chain: left), 1, 2, 3), both);
        await grid.LearnAsync(1, without);
        await grid[1].AskAsync(new RetireChainCall(left));
        await grid.EntryAsync(1, new TrustId(Guid.Parse("33333333-3333-3333-3333-333333333333")), WrapKeyKind.Rsa3072);

        var store = grid.Store(1);
        store.Stop();
        var bytes = await File.ReadAllBytesAsync(store.StoreFile);
        await File.WriteAllBytesAsync(Source("store-3-trusts.sealed"), bytes);
        await File.WriteAllTextAsync(Source("store-3-trusts.txt"), Describe(bytes, store.KeyFile));
        File.Copy(store.KeyFile, Source("store-3-trusts.key"), overwrite: true);
    }

    private static string Describe(byte[] store, string keyFile)
    {
        // A copy: checked-out files are readable to others, which a sealing key may not be.
        var own = SecretFiles.Write(File.ReadAllBytes(keyFile));
        using var adapter = new SoftwareAdapter(KeyFileSecret.Read(own).Value);
        var (sealing, state) = StoreSealing.Open(store, adapter).Value;
        sealing.Dispose();
        var lines = state.Chains.All.Select(chain => string.Join(
            ' ', $"chain {chain.Id} {chain.WrapKey.Kind} {chain.WrapKey.Hash}:", string.Join(' ', chain.Trusts.Select(trust => $"{trust.Hash}{(trust.IsNamed ? "" : " (not named)")}")),
            chain.Fork is { } fork ? $"forked {fork.One} {fork.Other}" : "", chain.IsRetired ? "retired" : $"key {chain.Key!.TryTake(out _)}"));
        var text = string.Join('\n', [$"node {state.Node}", $"part {state.VersionedPart}", $"bootstrap {state.Chains.Bootstrap}", .. lines, ""]);
        state.Chains.Close();
        return text;
    }

    private static string Frozen(string name) => Path.Combine(AppContext.BaseDirectory, "frozen", name);

    private static string Source(string name, [CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "..", "frozen", name);
}
