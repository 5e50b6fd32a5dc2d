using System.Security.Cryptography;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Model;

/// <summary>
/// Follows one enclave's chain entry by entry, in constant memory: numbers, hashes, times and the signatures that cover them. What is wrong is refused and the place
/// named: <c>audit.tampered</c>, <c>audit.truncated</c>.
/// </summary>
/// <param name="node">The enclave's node.</param>
/// <param name="key">Its D key.</param>
public sealed class AuditChain(NodeId node, CertificateKey key)
{
    private DateTimeOffset _time = DateTimeOffset.UnixEpoch;

    /// <summary>The enclave's node.</summary>
    public NodeId Node => node;

    /// <summary>The number of the last entry that was followed.</summary>
    public ulong Number { get; private set; }

    /// <summary>Its hash.</summary>
    public Hash256 Hash { get; private set; } = Genesis(key);

    /// <summary>The last entry that a verified signature covers.</summary>
    public ulong Signed { get; private set; }

    /// <summary>What the first entry names as the one before: a chain belongs to one D key.</summary>
    public static Hash256 Genesis(CertificateKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Hash256.Of("audit-genesis", key.SpkiHash.Span);
    }

    /// <summary>Takes up a chain behind an entry that is known.</summary>
    public static AuditChain After(NodeId node, CertificateKey key, ulong number, Hash256 hash) => new(node, key) { Number = number, Hash = hash, Signed = number };

    /// <summary>Follows one more entry.</summary>
    /// <returns>The entry, read.</returns>
    public Outcome<AuditEntry> Follow(ReadOnlySpan<byte> bytes)
    {
        if (!AuditEntry.Parse(bytes).Is(out var entry, out var refusal)) return new Refusal(refusal.Code, $"node {node}, behind entry {Number}: {refusal.Detail}");
        if (entry.Node != node) return Tampered(entry, $"it is of node {entry.Node}");
        if (entry.Number <= Number) return Tampered(entry, $"it stands behind entry {Number}: twice, or out of order");
        if (entry.Number != Number + 1) return Tampered(entry, $"entries {Number + 1} to {entry.Number - 1} are missing before it");
        if (entry.Previous != Hash) return Tampered(entry, $"it does not follow entry {Number} as that one is written here: one of the two was changed");
        if (entry.Time < _time) return Tampered(entry, "it is older than the entry before it");
        (Number, Hash, _time) = (entry.Number, AuditEntry.HashOf(bytes), entry.Time);
        return entry;
    }

    /// <summary>The D key's signature over the chain up to here.</summary>
    public Outcome<Done> Cover(ReadOnlySpan<byte> signature)
    {
        var head = new AuditHead(node, Number, Hash, _time, default);
        if (!key.VerifiesStatement(head.ToBytes(), signature))
            return new Refusal(RefusalCode.AuditTampered, $"node {node}, entries {Signed + 1} to {Number}: the signature of the node's D key is not over them");
        Signed = Number;
        return default(Done);
    }

    /// <summary>Compares the end with what the enclave says it is, signed with a nonce.</summary>
    /// <param name="statement">The head's bytes.</param>
    /// <param name="signature">The D key's signature over them.</param>
    /// <param name="nonce">The nonce that was sent.</param>
    public Outcome<Done> End(ReadOnlySpan<byte> statement, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> nonce)
    {
        if (!Says(statement, signature, nonce).Is(out var head, out var refusal)) return refusal;
        if (head.Number < Number)
            return new Refusal(RefusalCode.AuditTruncated, $"node {node}: its enclave knows entries up to {head.Number}, here they go up to {Number}: the enclave was put back to an older state");
        if (head.Number > Number)
            return new Refusal(RefusalCode.AuditTruncated, $"node {node}: entries {Number + 1} to {head.Number} are missing at the end");
        return head.Hash == Hash
            ? default(Done)
            : new Refusal(RefusalCode.AuditTampered, $"node {node}, entry {Number}: its enclave knows another: the log was changed or has forked");
    }

    /// <summary>Reads a head that this chain's enclave signed with a nonce; <c>audit.tampered</c> where it isn't one.</summary>
    public Outcome<AuditHead> Says(ReadOnlySpan<byte> statement, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> nonce)
    {
        if (!AuditHead.Parse(statement).Is(out var head, out var refusal)) return refusal;
        if (!key.VerifiesStatement(statement, signature)) return new Refusal(RefusalCode.AuditTampered, $"node {node}: the signature is not over its head");
        return head.Node == node && CryptographicOperations.FixedTimeEquals(head.Nonce.Span, nonce)
            ? head
            : new Refusal(RefusalCode.AuditTampered, $"node {node}: the head was signed for another question");
    }

    private Refusal Tampered(AuditEntry entry, string why) => new(RefusalCode.AuditTampered, $"node {node}, entry {entry.Number}: {why}");
}
