using VaultGrid.Crypto.Merkle;
using VaultGrid.Grains.Audit;
using VaultGrid.Enclave.Tests;

namespace VaultGrid.Grains.Tests.Audit;

/// <summary>What every store of merged logs must do, and what a merged log shows; each database runs all of it.</summary>
public abstract class AuditStoreTests
{
    private static readonly ClusterId Cluster = new(1);
    private static readonly TestGrid Grid = new(new DateTimeOffset(2029, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private readonly ForgedEnclaveLog[] _enclaves = [.. new[] { "1/1", "1/2" }.Select(node => new ForgedEnclaveLog(node, Grid.Clusters[0]))];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>An empty store.</summary>
    internal abstract Task<IAuditStore> OpenAsync();

    /// <summary>Runs a statement against its tables, as somebody with the database in hand would.</summary>
    internal abstract Task TamperAsync(string sql);

    [Fact]
    public async Task What_enclaves_wrote_is_merged_paged_and_verified()
    {
        var store = await FilledAsync();
        Assert.Null(await VerifyAsync(store));
        var log = await store.LoadAsync(Cluster, Cancellation);
        Assert.Equal(_enclaves.Select(enclave => enclave.Part(1).Last).Order(), log.Chains.Select(chain => chain.Number).Order());
        Assert.All(log.Chains, chain => Assert.Null(chain.Finding));
    }

    [Fact]
    public async Task Every_entry_is_proven_and_every_beginning()
    {
        var store = await FilledAsync();
        var tree = new AuditTree(store, Cluster);
        var log = await store.LoadAsync(Cluster, Cancellation);
        var root = MerkleRange.Fold(log.Edge);
        Assert.Equal(root, await tree.RootAsync(log.Size, Cancellation));
        foreach (var position in new ulong[] { 0, 1, 255, 256, 257, 511, log.Size / 2, log.Size - 1 })
        {
            var proof = (await tree.ProveAsync(new AuditProofQuery(position, null, null), Cancellation)).Value;
            Assert.Equal((log.Size, root), (proof.Size, proof.Root));
            Assert.True(MerkleProof.Includes(proof.Start, position, log.Size, proof.Path, root));
        }

        foreach (var first in new ulong[] { 1, 2, 255, 256, 300, 512, log.Size - 1, log.Size })
        {
            var proof = (await tree.ProveAsync(new AuditProofQuery(null, first, null), Cancellation)).Value;
            Assert.True(MerkleProof.IsConsistent(first, log.Size, proof.Start, root, proof.Path));
        }

        Assert.Equal(RefusalCode.AuditUnknown, (await tree.ProveAsync(new AuditProofQuery(log.Size, null, null), Cancellation)).Refusal?.Code);
        Assert.Equal(RefusalCode.AuditUnknown, (await tree.ProveAsync(new AuditProofQuery(null, 3, log.Size + 1), Cancellation)).Refusal?.Code);
        Assert.Equal(RefusalCode.InputMalformed, (await tree.ProveAsync(new AuditProofQuery(null, null, null), Cancellation)).Refusal?.Code);
    }

    [Fact]
    public async Task What_was_changed_in_the_table_is_found()
    {
        var store = await FilledAsync();
        await TamperAsync("UPDATE audit_batch SET batch = (SELECT batch FROM audit_batch WHERE position = 0) WHERE position = 7");
        Assert.Equal(RefusalCode.AuditTampered, (await VerifyAsync(store))?.Code);
    }

    [Fact]
    public async Task A_row_that_was_dropped_is_found_and_named()
    {
        var store = await FilledAsync();
        await TamperAsync("DELETE FROM audit_batch WHERE position = 7");
        var refusal = await VerifyAsync(store);
        Assert.Equal(RefusalCode.AuditTampered, refusal?.Code);
        Assert.Contains("positions 7 to 13 are missing", refusal!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_whose_end_was_cut_off_is_found()
    {
        var store = await FilledAsync();
        await TamperAsync("DELETE FROM audit_batch WHERE position >= 700");
        Assert.Equal(RefusalCode.AuditTruncated, (await VerifyAsync(store))?.Code);
    }

    [Fact]
    public async Task Two_that_append_at_once_do_not_both()
    {
        var store = await FilledAsync();
        var log = await store.LoadAsync(Cluster, Cancellation);
        foreach (var enclave in _enclaves) enclave.Write(3);
        var (one, other) = (new AuditMerge(log), new AuditMerge(log));
        Assert.False(one.Take(_enclaves[0].Node, _enclaves[0].Part(1)));
        Assert.False(other.Take(_enclaves[1].Node, _enclaves[1].Part(1)));
        Assert.True(await store.AppendAsync(Cluster, one.Append, Cancellation));
        Assert.False(await store.AppendAsync(Cluster, other.Append, Cancellation));
        Assert.Null(await VerifyAsync(store));
    }

    [Fact]
    public async Task An_enclave_that_was_put_back_is_found_and_its_other_past_is_not_taken_in()
    {
        var store = await FilledAsync();
        var log = await store.LoadAsync(Cluster, Cancellation);
        _enclaves[0].RollBack(10);
        var merge = new AuditMerge(log);
        Assert.False(merge.Take(_enclaves[0].Node, _enclaves[0].Part(log.Size)));
        Assert.True(await store.AppendAsync(Cluster, merge.Append, Cancellation));
        Assert.Contains("put back to an older state", (await ChainAsync(store)).Finding, StringComparison.Ordinal);

        while (_enclaves[0].Part(1).Last < 500) _enclaves[0].Write(7, "another past");
        merge = new AuditMerge(await store.LoadAsync(Cluster, Cancellation));
        Assert.False(merge.Take(_enclaves[0].Node, _enclaves[0].Part((await ChainAsync(store)).Number + 1)));
        Assert.True(await store.AppendAsync(Cluster, merge.Append, Cancellation));
        Assert.Equal(log.Size, (await store.LoadAsync(Cluster, Cancellation)).Size);
        Assert.Contains("was changed", (await ChainAsync(store)).Finding, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Batches_of_one_entry_are_merged_many_at_once_behind_one_signature()
    {
        var store = await OpenAsync();
        var enclave = _enclaves[0];
        for (var entry = 0; entry < 100; entry++) enclave.Write(1);
        var merge = new AuditMerge(await store.LoadAsync(Cluster, Cancellation));
        merge.Take(enclave.Node, enclave.Part(1));
        Assert.Equal([64, 36], merge.Append.Batches.Select(batch => batch.Batch.Entries.Count));
        Assert.Equal([0ul, 64ul], merge.Append.Batches.Select(batch => batch.Position));
        Assert.True(await store.AppendAsync(Cluster, merge.Append, Cancellation));
        Assert.Null(await VerifyAsync(store));
    }

    [Fact]
    public async Task Of_batches_that_do_not_verify_at_once_the_good_ones_are_merged_and_the_bad_one_is_named()
    {
        var store = await OpenAsync();
        var enclave = _enclaves[0];
        for (var entry = 0; entry < 20; entry++) enclave.Write(1);
        var part = enclave.Part(1);
        var batches = part.Batches.ToList();
        batches[12] = batches[12] with { Entries = batches[13].Entries };
        var merge = new AuditMerge(await store.LoadAsync(Cluster, Cancellation));
        Assert.False(merge.Take(enclave.Node, part with { Batches = batches }));
        Assert.True(await store.AppendAsync(Cluster, merge.Append, Cancellation));
        Assert.Equal(12ul, (await store.LoadAsync(Cluster, Cancellation)).Size);
        Assert.Contains("entry 14", (await ChainAsync(store)).Finding, StringComparison.Ordinal);
        Assert.Null(await VerifyAsync(store));
    }

    private async Task<AuditChainReport> ChainAsync(IAuditStore store) => (await store.LoadAsync(Cluster, Cancellation)).Chains.Single(chain => chain.Node == _enclaves[0].Node);

    // 2 × 55 batches of 7 entries: 770, so that whole tiles of 256 are among them.
    private async Task<IAuditStore> FilledAsync()
    {
        var store = await OpenAsync();
        for (var round = 0; round < 55; round++)
        {
            var merge = new AuditMerge(await store.LoadAsync(Cluster, Cancellation));
            foreach (var enclave in _enclaves)
            {
                enclave.Write(7);
                merge.Take(enclave.Node, enclave.Part(merge.Wanted(new Hash256(enclave.Certificate.Key.SpkiHash.Span))));
            }

            Assert.True(await store.AppendAsync(Cluster, merge.Append, Cancellation));
        }

        return store;
    }

    private async Task<Refusal?> VerifyAsync(IAuditStore store)
    {
        var verifier = new AuditLogVerifier();
        foreach (var enclave in _enclaves) verifier.Add(enclave.Certificate);
        var log = await store.LoadAsync(Cluster, Cancellation);
        for (ulong? from = 0; from is not null;)
        {
            var page = (await AuditPages.ReadAsync(store, Cluster, from.Value, 100, Cancellation)).Value;
            foreach (var entry in page.Entries)
            {
                if (verifier.Take(entry.Position, entry.Chain, entry.Entry.Span, entry.Signature.Span).Refusal is { } refusal) return refusal;
            }

            from = page.Next;
        }

        return verifier.End(log.Size, MerkleRange.Fold(log.Edge)).Refusal;
    }
}
