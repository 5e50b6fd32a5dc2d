namespace VaultGrid.Grains;

/// <summary>The merged audit log of a cluster in short.</summary>
/// <param name="Size">How many entries it has.</param>
/// <param name="Root">Their Merkle root (RFC 6962).</param>
/// <param name="Chains">The enclaves' chains in it.</param>
[GenerateSerializer, Immutable, Alias("vg.audit.log.v1")]
public sealed record AuditLogReport([property: Id(0)] ulong Size, [property: Id(1)] Hash256 Root, [property: Id(2)] ImmutableArray<AuditChainReport> Chains);

/// <summary>One enclave's chain as far as it is merged.</summary>
/// <param name="Node">The enclave's node.</param>
/// <param name="Chain">SHA-256 of its D key: a node that was replaced begins another chain.</param>
/// <param name="Certificate">Its device certificate, DER.</param>
/// <param name="Number">The last entry that is merged.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Finding">Why the chain isn't followed any further; null where nothing is wrong.</param>
[GenerateSerializer, Immutable, Alias("vg.audit.chain.v1")]
public sealed record AuditChainReport(
    [property: Id(0)] NodeId Node,
    [property: Id(1)] Hash256 Chain,
    [property: Id(2)] ReadOnlyMemory<byte> Certificate,
    [property: Id(3)] ulong Number,
    [property: Id(4)] Hash256 Hash,
    [property: Id(5)] string? Finding);

/// <summary>An entry of the merged log.</summary>
/// <param name="Position">Its place there, from 0.</param>
/// <param name="Chain">Its chain.</param>
/// <param name="Entry">Its bytes, as its enclave wrote them.</param>
/// <param name="Signature">The D key's signature where it ends a batch; else empty.</param>
[GenerateSerializer, Immutable, Alias("vg.audit.entry.v1")]
public sealed record AuditEntryReport(
    [property: Id(0)] ulong Position, [property: Id(1)] Hash256 Chain, [property: Id(2)] ReadOnlyMemory<byte> Entry, [property: Id(3)] ReadOnlyMemory<byte> Signature);

/// <summary>A page of the merged log, the oldest first.</summary>
/// <param name="Entries">The entries.</param>
/// <param name="Next">The position behind them; null where nothing follows.</param>
[GenerateSerializer, Immutable, Alias("vg.audit.page.v1")]
public sealed record AuditEntriesReport([property: Id(0)] ImmutableArray<AuditEntryReport> Entries, [property: Id(1)] ulong? Next);

/// <summary>Which proof is wanted: that an entry is in the log, or that the log of a smaller size is the beginning of that of a larger.</summary>
/// <param name="Position">The entry's position, for inclusion.</param>
/// <param name="First">The smaller size, for consistency.</param>
/// <param name="Size">The size of the log that is proven against; null for all of it.</param>
[GenerateSerializer, Immutable, Alias("vg.audit.prove.v1")]
public sealed record AuditProofQuery([property: Id(0)] ulong? Position, [property: Id(1)] ulong? First, [property: Id(2)] ulong? Size);

/// <summary>A proof (RFC 6962 §2.1.1, §2.1.2).</summary>
/// <param name="Size">The log's size.</param>
/// <param name="Root">Its root.</param>
/// <param name="Start">The leaf's hash, or the root of the smaller log.</param>
/// <param name="Path">The proof.</param>
[GenerateSerializer, Immutable, Alias("vg.audit.proof.v1")]
public sealed record AuditProofReport(
    [property: Id(0)] ulong Size, [property: Id(1)] Hash256 Root, [property: Id(2)] Hash256 Start, [property: Id(3)] ImmutableArray<Hash256> Path);

/// <summary>A verifier's nonce.</summary>
/// <param name="Nonce">16 to 64 bytes.</param>
[GenerateSerializer, Immutable, Alias("vg.audit.nonce.v1")]
public sealed record VerifierNonce([property: Id(0)] ReadOnlyMemory<byte> Nonce);
