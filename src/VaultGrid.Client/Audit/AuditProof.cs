namespace VaultGrid.Client;

/// <summary>Which proof is wanted: <see cref="Position"/> for inclusion, or <see cref="First"/> for consistency.</summary>
public sealed record AuditProofQuery
{
    /// <summary>The entry whose inclusion is to be proven.</summary>
    public ulong? Position { get; init; }

    /// <summary>The size of the smaller log that is to be proven the beginning of the larger.</summary>
    public ulong? First { get; init; }

    /// <summary>The size of the log that is proven against.</summary>
    /// <value>All of it.</value>
    public ulong? Size { get; init; }
}

/// <summary>A proof of inclusion or consistency (RFC 6962 §2.1.1, §2.1.2).</summary>
/// <param name="Size">The log's size.</param>
/// <param name="Root">Its Merkle root.</param>
/// <param name="Start">The leaf's hash, or the root of the smaller log.</param>
/// <param name="Path">The hashes of the proof, from below.</param>
public sealed record AuditProof(ulong Size, Hash256 Root, Hash256 Start, IReadOnlyList<Hash256> Path);
