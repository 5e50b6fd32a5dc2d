using System.Globalization;
using VaultGrid.Crypto.Merkle;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Model;

/// <summary>
/// Verifies a merged log entry by entry, in constant memory: each enclave's chain, its signatures, the Merkle root, the checkpoints that enclaves noted, and the ends that
/// they signed. An edited, dropped, reordered, doubled or cut log is refused with the place: <c>audit.tampered</c>, <c>audit.truncated</c>. Not for several threads.
/// </summary>
public sealed class AuditLogVerifier
{
    private const int RootsKept = 16_384;

    private readonly Dictionary<Hash256, AuditChain> _chains = [];
    private readonly Dictionary<Hash256, (ulong Number, Hash256 Hash)> _ends = [];
    private readonly Queue<(ulong Size, Hash256 Root)> _roots = new();
    private readonly Dictionary<ulong, Hash256> _rootAt = [];
    private readonly MerkleAccumulator _tree = new();
    private ulong _compared;

    /// <summary>How many entries were taken.</summary>
    public ulong Size => _tree.Size;

    /// <summary>Their Merkle root.</summary>
    public Hash256 Root => _tree.Root;

    /// <summary>How many checkpoints that enclaves noted fit.</summary>
    public int Checkpoints { get; private set; }

    /// <summary>How many chains have an end that their enclave signed.</summary>
    public int Ends => _ends.Count;

    /// <summary>The chains that were named.</summary>
    public IReadOnlyCollection<Hash256> Chains => _chains.Keys;

    /// <summary>Names an enclave's chain by its device certificate, which the caller has verified.</summary>
    /// <returns>The chain: SHA-256 of the D key.</returns>
    public Outcome<Hash256> Add(RoleCertificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        if (certificate is not { Role: CertificateRole.Device, Identity.Node: { } node }) return new Refusal(RefusalCode.CertificateRole, $"{certificate} is no device's");
        var chain = new Hash256(certificate.Key.SpkiHash.Span);
        _chains.TryAdd(chain, new AuditChain(node, certificate.Key));
        return chain;
    }

    /// <summary>Says where a chain ends at least: a head that its enclave signed, with the verifier's nonce or, in an export, the exporter's.</summary>
    public Outcome<Done> Expect(Hash256 chain, ReadOnlySpan<byte> statement, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> nonce)
    {
        if (!_chains.TryGetValue(chain, out var known)) return new Refusal(RefusalCode.AuditTampered, $"a head is of the chain {chain}, which nobody named");
        if (!known.Says(statement, signature, nonce).Is(out var head, out var refusal)) return refusal;
        _ends[chain] = (head.Number, head.Hash);
        return default(Done);
    }

    /// <summary>Takes the next entry.</summary>
    /// <param name="position">Its place in the merged log, from 0.</param>
    /// <param name="chain">Its chain.</param>
    /// <param name="entry">Its bytes.</param>
    /// <param name="signature">The D key's signature, where the entry ends a batch; else empty.</param>
    public Outcome<AuditEntry> Take(ulong position, Hash256 chain, ReadOnlySpan<byte> entry, ReadOnlySpan<byte> signature)
    {
        if (position != _tree.Size) return Tampered(position, position < _tree.Size ? "it stands twice, or out of order" : $"positions {_tree.Size} to {position - 1} are missing before it");
        if (!_chains.TryGetValue(chain, out var known)) return Tampered(position, $"it is of the chain {chain}, whose certificate isn't here");
        if (!known.Follow(entry).Is(out var read, out var refusal)) return At(position, refusal);
        if (!signature.IsEmpty && !known.Cover(signature).Is(out _, out refusal)) return At(position, refusal);
        if (_ends.TryGetValue(chain, out var end) && end.Number == known.Number && end.Hash != known.Hash)
            return Tampered(position, $"node {read.Node} signed another entry {known.Number} than this");
        if (Compare(read, position) is { } another) return another;
        Append(AuditLog.Leaf(chain, entry));
        return read;
    }

    /// <summary>Compares with what the log is said to be, and the chains with their signed ends.</summary>
    public Outcome<Done> End(ulong size, Hash256 root)
    {
        foreach (var (id, chain) in _chains)
        {
            if (chain.Signed != chain.Number)
                return new Refusal(RefusalCode.AuditTampered, $"node {chain.Node}, entries {chain.Signed + 1} to {chain.Number}: no signature of the node's D key covers them");
            if (_ends.TryGetValue(id, out var end) && end.Number > chain.Number)
                return new Refusal(RefusalCode.AuditTruncated, $"node {chain.Node}: entries {chain.Number + 1} to {end.Number} are missing at the end");
        }

        if (size != _tree.Size) return new Refusal(RefusalCode.AuditTruncated, $"the log has {_tree.Size} entries, not {size}: positions {Math.Min(size, _tree.Size)} to {Math.Max(size, _tree.Size) - 1} are {(size > _tree.Size ? "missing" : "too many")}");
        return root == _tree.Root
            ? default(Done)
            : new Refusal(RefusalCode.AuditTampered, $"the entries have another Merkle root than the log: entries of different nodes changed places behind position {_compared}");
    }

    // What an enclave noted of the merged log must be what was followed: otherwise the log was changed before that size.
    private Refusal? Compare(AuditEntry entry, ulong position)
    {
        if (AuditLog.Checkpoint(entry) is not var (size, root)) return null;
        if (size > _tree.Size) return Tampered(position, $"node {entry.Node} noted a checkpoint of {size} entries, of which only {_tree.Size} stand before it").Refusal;
        if (!_rootAt.TryGetValue(size, out var followed)) return null;
        if (followed != root)
            return new Refusal(RefusalCode.AuditTampered, $"between positions {_compared} and {size}: not what node {entry.Node} saw when it noted the checkpoint of {size} entries");
        (_compared, Checkpoints) = (Math.Max(_compared, size), Checkpoints + 1);
        return null;
    }

    private void Append(Hash256 leaf)
    {
        _tree.Append(leaf);
        if (_tree.Size % AuditLog.CheckpointStep != 0) return;
        _roots.Enqueue((_tree.Size, _tree.Root));
        _rootAt[_tree.Size] = _tree.Root;
        if (_roots.Count > RootsKept) _rootAt.Remove(_roots.Dequeue().Size);
    }

    private static Outcome<AuditEntry> Tampered(ulong position, string why) => At(position, new Refusal(RefusalCode.AuditTampered, why));

    private static Refusal At(ulong position, Refusal refusal) =>
        refusal with { Detail = string.Create(CultureInfo.InvariantCulture, $"position {position}: {refusal.Detail}") };
}
