using VaultGrid.Crypto.Merkle;

namespace VaultGrid.Grains.Audit;

/// <summary>Roots and proofs of a merged log, from what its table holds: every 8th level of the tree, and the entries themselves.</summary>
public sealed class AuditTree(IAuditStore store, ClusterId cluster)
{
    /// <summary>Nodes of levels that are multiples of this are kept; those between are computed from at most 2⁷ of them.</summary>
    public const int TileLevels = 8;

    /// <summary>The root of the log as it was with so many entries.</summary>
    public Task<Hash256> RootAsync(ulong size, CancellationToken cancellationToken) => HashAsync(new MerkleRange(0, size), cancellationToken);

    /// <summary>The proof that is asked for; <c>audit.unknown</c> for positions and sizes beyond the log.</summary>
    public async Task<Outcome<AuditProofReport>> ProveAsync(AuditProofQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var log = await store.LoadAsync(cluster, cancellationToken);
        var size = query.Size ?? log.Size;
        if (size > log.Size) return Unknown($"the log has {log.Size} entries, not {size}");
        if ((query.Position is null) == (query.First is null)) return new Refusal(RefusalCode.InputMalformed, "a proof is of an entry's position or of a smaller log's size");
        if (query.Position is { } position)
        {
            if (position >= size) return Unknown($"a log of {size} entries has no position {position}");
            var leaf = await HashAsync(new MerkleRange(position, position + 1), cancellationToken);
            return await ReportAsync(size, leaf, MerkleProof.Inclusion(position, size), cancellationToken);
        }

        var first = query.First!.Value;
        if (first == 0 || first > size) return Unknown($"a log of {first} entries is not the beginning of one of {size}");
        return await ReportAsync(size, await RootAsync(first, cancellationToken), MerkleProof.Consistency(first, size), cancellationToken);
    }

    /// <summary>The hashes of ranges.</summary>
    public async Task<ImmutableArray<Hash256>> PathAsync(IReadOnlyList<MerkleRange> ranges, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        var hashes = ImmutableArray.CreateBuilder<Hash256>(ranges.Count);
        foreach (var range in ranges) hashes.Add(await HashAsync(range, cancellationToken));
        return hashes.MoveToImmutable();
    }

    private async Task<AuditProofReport> ReportAsync(ulong size, Hash256 start, IReadOnlyList<MerkleRange> ranges, CancellationToken cancellationToken) =>
        new(size, await RootAsync(size, cancellationToken), start, await PathAsync(ranges, cancellationToken));

    private async Task<Hash256> HashAsync(MerkleRange range, CancellationToken cancellationToken)
    {
        var subtrees = new List<Hash256>();
        foreach (var (level, index) in range.Subtrees()) subtrees.Add(await NodeAsync(level, index, cancellationToken));
        return MerkleRange.Fold(subtrees);
    }

    private async Task<Hash256> NodeAsync(int level, ulong index, CancellationToken cancellationToken)
    {
        var above = level % TileLevels;
        var (first, count) = (index << above, 1 << above);
        var below = level < TileLevels
            ? await LeavesAsync(first, count, cancellationToken)
            : await store.NodesAsync(cluster, level - above, first, count, cancellationToken);
        if (below.Count != count) throw new InvalidOperationException($"The audit log of cluster {cluster} lacks rows of level {level - above} from {first} on.");
        var tree = new MerkleAccumulator();
        foreach (var hash in below) tree.Append(hash);
        return tree.Root;
    }

    private async Task<IReadOnlyList<Hash256>> LeavesAsync(ulong first, int count, CancellationToken cancellationToken)
    {
        var leaves = new List<Hash256>(count);
        while (leaves.Count < count)
        {
            var before = leaves.Count;
            foreach (var batch in await store.ReadAsync(cluster, first + (ulong)before, count - before, cancellationToken))
            {
                for (var i = 0; i < batch.Batch.Entries.Count && leaves.Count < count; i++)
                {
                    if (batch.Position + (ulong)i == first + (ulong)leaves.Count) leaves.Add(AuditLog.Leaf(batch.Chain, batch.Batch.Entries[i].Span));
                }
            }

            if (leaves.Count == before) break;
        }

        return leaves;
    }

    private static Refusal Unknown(string why) => new(RefusalCode.AuditUnknown, why);
}
