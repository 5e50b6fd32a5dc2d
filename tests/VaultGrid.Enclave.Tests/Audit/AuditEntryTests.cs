using System.Security.Cryptography;
using VaultGrid.Crypto.Merkle;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Enclave.Tests;

/// <summary>What an enclave writes into its log, and how it shows it.</summary>
public sealed class AuditEntryTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly TestStore _store;
    private readonly TestStore _second;
    private readonly TestGrid _grid;
    private TestNode _node = null!;
    private Hash256 _key;
    private KeyPolicy _policy = null!;

    public AuditEntryTests()
    {
        (_store, _second) = (new TestStore(_time), new TestStore(_time));
        _grid = new TestGrid(_time.GetUtcNow().AddDays(-1)) { Now = _time.GetUtcNow() };
    }

    public async ValueTask InitializeAsync()
    {
        _node = _store.Start(_grid);
        await _node.JoinClusterAsync(TestGrid.Membership([1, 2]));
        (_key, _policy) = await _node.CreateKeyAsync();
    }

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        _second.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Every_use_of_a_key_and_change_of_state_is_written_with_what_approved_it()
    {
        var signing = _grid.Approved(_grid.Sign(_key, _policy));
        await _node.AskAsync(signing);
        await _node.AskAsync(new AuditSignCall(_key, new byte[4]));
        var few = signing with { Approvals = [signing.Approvals[0]] };
        await _node.RefusesAsync(RefusalCode.ApprovalQuorum, few);

        var entries = await AuditFiles.ReadAsync(_node);
        Assert.Equal(
            ["node.provision", "node.certify", "change-membership", "create-key", "sign", "key.audit-sign", "sign"], entries.Select(entry => entry.Action));
        Assert.Equal(["done", "approval.quorum"], entries.Where(entry => entry.Action == "sign").Select(entry => entry.Outcome));
        var signed = entries[4];
        Assert.Equal(_key, signed.Key);
        Assert.Equal(Hash256.Sha256(signing.Request.Span), signed.Request);
        Assert.Equal(signing.Approvals.Select(approval => Hash256.Sha256(approval.Certificate.Span)), signed.Approvals);
        Assert.Single(entries[6].Approvals);
        Assert.Equal([1ul, 2, 3, 4, 0, 0, 0], entries.Select(entry => entry.Step));
    }

    [Fact]
    public async Task Both_sides_of_a_copy_write_it()
    {
        var other = _second.Start(_grid, "1/2");
        await other.JoinClusterAsync(TestGrid.Membership([1, 2]));
        await other.CopyKeyAsync(_node);
        Assert.Contains(await AuditFiles.ReadAsync(_node), entry => entry is { Action: "key.release", Subject: "treasury to 1/2" } && entry.Key == _key);
        Assert.Contains(await AuditFiles.ReadAsync(other), entry => entry is { Action: "key.accept", Subject: "treasury" } && entry.Key == _key);
    }

    [Fact]
    public async Task The_log_goes_on_over_restarts_and_says_so()
    {
        _store.Stop();
        _node = _store.Start(_grid);
        await _node.AskAsync(_grid.Approved(_grid.Sign(_key, _policy)));
        Assert.Equal(["node.stop", "node.start", "sign"], (await AuditFiles.ReadAsync(_node)).TakeLast(3).Select(entry => entry.Action));
    }

    [Fact]
    public async Task The_head_is_signed_with_the_nonce_that_was_sent_and_no_other()
    {
        var nonce = RandomNumberGenerator.GetBytes(32);
        var entries = await AuditFiles.ReadAsync(_node);
        var head = await _node.AskAsync(new AuditHeadCall(nonce));
        var key = RoleCertificate.Parse(head.Certificate.Span).Value.Key;
        var chain = AuditChain.After(_node.Id, key, (ulong)entries.Count, Hash256.Sha256(entries[^1].ToBytes()));
        Assert.Null(chain.End(head.Statement.Span, head.Signature.Span, nonce).Refusal);
        Assert.Equal(RefusalCode.AuditTampered, chain.End(head.Statement.Span, head.Signature.Span, RandomNumberGenerator.GetBytes(32)).Refusal?.Code);

        var cut = AuditChain.After(_node.Id, key, (ulong)entries.Count - 1, entries[^1].Previous);
        var refusal = cut.End(head.Statement.Span, head.Signature.Span, nonce).Refusal;
        Assert.Equal(RefusalCode.AuditTruncated, refusal?.Code);
        Assert.Contains($"entries {entries.Count} to {entries.Count}", refusal!.Detail, StringComparison.Ordinal);
        Assert.Equal(RefusalCode.InputMalformed, (await _node.TryAsync(new AuditHeadCall(new byte[15]))).Refusal?.Code);
    }

    [Fact]
    public async Task Refusals_that_come_too_often_are_not_written_but_signatures_all_are()
    {
        var signing = _grid.Approved(_grid.Sign(_key, _policy));
        var few = signing with { Approvals = [signing.Approvals[0]] };
        for (var i = 0; i < CallNotes.RefusalBurst + 20; i++) Assert.NotNull((await _node.TryAsync(few)).Refusal);
        for (var i = 0; i < 20; i++) await _node.AskAsync(signing);
        var entries = await AuditFiles.ReadAsync(_node);
        Assert.Equal(CallNotes.RefusalBurst, entries.Count(entry => entry.Outcome == "approval.quorum"));
        Assert.Equal(20, entries.Count(entry => entry is { Action: "sign", Outcome: "done" }));
    }

    [Fact]
    public async Task A_retired_node_still_shows_its_log_to_the_end()
    {
        var status = await _node.StatusAsync();
        await _node.AskAsync(_grid.Approved(_grid.Retire(1, status.DeviceKey)));
        Assert.Equal("retire-node", (await AuditFiles.ReadAsync(_node))[^1].Action);
        _store.Stop();
        _node = _store.Start(_grid);
        Assert.Equal("retire-node", (await AuditFiles.ReadAsync(_node))[^1].Action);
    }

    [Fact]
    public async Task A_checkpoint_of_the_merged_log_must_extend_the_last()
    {
        var tree = new MerkleAccumulator();
        for (var i = 0; i < 5; i++) tree.Append(MerkleHash.Leaf([(byte)i]));
        var first = tree.Root;
        await _node.AskAsync(new AuditCheckpointCall(5, first, 0, []));
        await _node.AskAsync(new AuditCheckpointCall(5, first, 0, []));
        var leaves = Enumerable.Range(0, 8).Select(i => MerkleHash.Leaf([(byte)i])).ToArray();
        for (var i = 5; i < 8; i++) tree.Append(leaves[i]);
        var proof = MerkleProof.Consistency(5, 8).Select(range => Tree(leaves[(int)range.Start..(int)range.End])).ToList();

        var another = new MerkleAccumulator();
        for (var i = 0; i < 8; i++) another.Append(MerkleHash.Leaf([(byte)(i + 1)]));
        await _node.RefusesAsync(RefusalCode.AuditTampered, new AuditCheckpointCall(8, another.Root, 5, proof));
        await _node.RefusesAsync(RefusalCode.StateStale, new AuditCheckpointCall(8, tree.Root, 0, proof));
        _store.Stop();
        _node = _store.Start(_grid);
        await _node.RefusesAsync(RefusalCode.AuditTampered, new AuditCheckpointCall(8, another.Root, 5, proof));
        await _node.AskAsync(new AuditCheckpointCall(8, tree.Root, 5, proof));
        Assert.Equal($"8 {tree.Root}", (await AuditFiles.ReadAsync(_node))[^1].Subject);
        Assert.Equal((8ul, tree.Root), ((await _node.AskAsync(new AuditEntriesCall(1))).TreeSize, (await _node.AskAsync(new AuditEntriesCall(1))).TreeRoot));
    }

    private static Hash256 Tree(IEnumerable<Hash256> leaves)
    {
        var tree = new MerkleAccumulator();
        foreach (var leaf in leaves) tree.Append(leaf);
        return tree.Root;
    }
}
