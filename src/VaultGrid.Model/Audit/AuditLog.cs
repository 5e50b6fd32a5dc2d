using VaultGrid.Crypto.Merkle;
using VaultGrid.Model.Wire;

namespace VaultGrid.Model;

/// <summary>The merged log of a cluster: all its enclaves' entries in the order in which the grid took them in, as leaves of one Merkle tree (RFC 6962).</summary>
public static class AuditLog
{
    /// <summary>Checkpoints are made at multiples of this size, so that whoever follows the log can compare them in constant memory.</summary>
    public const ulong CheckpointStep = 64;

    /// <summary>A leaf's hash: SHA-256(0x00 ‖ chain (32) ‖ entry).</summary>
    /// <param name="chain">SHA-256 of the D key that the entry's chain belongs to.</param>
    /// <param name="entry">The entry's bytes.</param>
    public static Hash256 Leaf(Hash256 chain, ReadOnlySpan<byte> entry) => MerkleHash.Leaf(new WireWriter().Hash(chain).Fixed(entry).Written);

    /// <summary>Size and root that an enclave noted as a checkpoint; null where an entry's subject is none.</summary>
    public static (ulong Size, Hash256 Root)? Checkpoint(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry is not { Action: AuditActions.Checkpoint, Outcome: AuditEntry.Done }) return null;
        var space = entry.Subject.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 && Decimals.TryParse(entry.Subject[..space], out var size) && Hash256.TryParse(entry.Subject[(space + 1)..], out var root) ? (size, root) : null;
    }
}
