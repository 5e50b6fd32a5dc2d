namespace VaultGrid.Grains.Audit;

/// <summary>Where merged audit logs are kept: tables of their own, which only grow. Entries stand in the batches that their enclaves signed.</summary>
public interface IAuditStore
{
    /// <summary>How far a cluster's log goes.</summary>
    Task<StoredAuditLog> LoadAsync(ClusterId cluster, CancellationToken cancellationToken);

    /// <summary>Appends, all of it or nothing; false where the log hasn't the size any more from which was counted on.</summary>
    Task<bool> AppendAsync(ClusterId cluster, AuditAppend append, CancellationToken cancellationToken);

    /// <summary>Batches from the one that holds a position on, in order, with at most so many entries but at least one batch.</summary>
    Task<IReadOnlyList<StoredAuditBatch>> ReadAsync(ClusterId cluster, ulong position, int entries, CancellationToken cancellationToken);

    /// <summary>Hashes of complete subtrees of a level that is a multiple of <see cref="AuditTree.TileLevels"/>, in order of their index.</summary>
    Task<IReadOnlyList<Hash256>> NodesAsync(ClusterId cluster, int level, ulong first, int count, CancellationToken cancellationToken);
}

/// <summary>How far a log goes.</summary>
/// <param name="Size">Its entries.</param>
/// <param name="Edge">The complete subtrees at the right edge of its Merkle tree.</param>
/// <param name="Chains">Its chains.</param>
public sealed record StoredAuditLog(ulong Size, IReadOnlyList<Hash256> Edge, IReadOnlyList<AuditChainReport> Chains);

/// <summary>A batch in the merged log.</summary>
/// <param name="Position">The position of its first entry.</param>
/// <param name="Chain">Its chain.</param>
/// <param name="Number">The number of its first entry there.</param>
/// <param name="Batch">The batch.</param>
public sealed record StoredAuditBatch(ulong Position, Hash256 Chain, ulong Number, AuditBatch Batch);

/// <summary>What is appended at once.</summary>
/// <param name="Before">The size before.</param>
/// <param name="Size">The size after.</param>
/// <param name="Edge">The tree's edge after.</param>
/// <param name="Batches">The batches.</param>
/// <param name="Nodes">The tree's nodes that are complete now, of levels that are multiples of <see cref="AuditTree.TileLevels"/>.</param>
/// <param name="Chains">Chains that moved on or were found wrong.</param>
public sealed record AuditAppend(
    ulong Before, ulong Size, IReadOnlyList<Hash256> Edge, IReadOnlyList<StoredAuditBatch> Batches,
    IReadOnlyList<(int Level, ulong Index, Hash256 Hash)> Nodes, IReadOnlyList<AuditChainReport> Chains);
