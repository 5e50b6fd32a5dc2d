using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>
/// What a dealer hands over for approval: the key's name, what the protocol publishes about it, and to whom each cluster's part is wrapped. The
/// administrators approve its hash; it travels with every copy of the key.
/// </summary>
/// <param name="KeyId">The key's name, the same in every cluster.</param>
/// <param name="Kind">The kind of key.</param>
/// <param name="Statement">What the protocol publishes, in its own canonical encoding.</param>
/// <param name="Recipients">The first node of each cluster, clusters ascending.</param>
public sealed record DealManifest(KeyId KeyId, KeyKind Kind, ReadOnlyMemory<byte> Statement, IReadOnlyList<DealRecipient> Recipients)
{
    /// <summary>The largest manifest, in bytes: a statement of 252 shares and some room.</summary>
    public const int Limit = 40 * 1024;

    private static ReadOnlySpan<byte> Tag => "VaultGrid/v1/deal-manifest\0"u8;

    private static ReadOnlySpan<byte> WrapTag => "VaultGrid/v1/deal-wrap\0"u8;

    /// <summary>The manifest in canonical encoding.</summary>
    public byte[] ToBytes() => new WireWriter().Fixed(Tag).Text(KeyId.ToString()).Text(Kind.Name()).Bytes(Statement.Span)
        .List(Recipients, (to, recipient) => to.Node(recipient.Node).Hash(recipient.WrapKey)).ToArray();

    /// <summary>The hash that administrators approve.</summary>
    public static Hash256 HashOf(ReadOnlySpan<byte> manifest) => Hash256.Of("deal-manifest", manifest);

    /// <summary>The additional data under which a cluster's part is sealed to its wrap key.</summary>
    /// <param name="manifest">The manifest's hash.</param>
    /// <param name="node">Whose wrap key it is.</param>
    public static byte[] WrapHeader(Hash256 manifest, NodeId node) => new WireWriter().Fixed(WrapTag).Hash(manifest).Node(node).ToArray();

    /// <summary>The recipient in a cluster, or null.</summary>
    public DealRecipient? RecipientIn(ClusterId cluster) => Recipients.FirstOrDefault(recipient => recipient.Node.Cluster == cluster);

    /// <summary>Reads a manifest; each cluster stands in it once, ascending.</summary>
    public static Outcome<DealManifest> Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.Tag(Tag);
        var manifest = new DealManifest(
            reader.KeyId(), reader.KeyKind(), reader.Memory(Limit),
            reader.List(ClusterSet.Limit, (ref WireReader from) => new DealRecipient(from.NodeId(), from.Hash())));
        if (!reader.End("a deal's manifest", out var refusal)) return refusal;
        return ClusterSet.TryCreate(manifest.Recipients.Select(recipient => recipient.Node.Cluster), out _)
            ? manifest
            : new Refusal(RefusalCode.InputMalformed, "a deal's manifest names a node of each of two or more clusters, ascending");
    }
}

/// <summary>The node of a cluster that the dealer wraps for.</summary>
/// <param name="Node">The node.</param>
/// <param name="WrapKey">The hash of its wrap key's statement.</param>
public sealed record DealRecipient(NodeId Node, Hash256 WrapKey);
