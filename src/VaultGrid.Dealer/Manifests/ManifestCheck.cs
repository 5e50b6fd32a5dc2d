using VaultGrid.Protocols.ThresholdEcdsa;

namespace VaultGrid.Dealing;

/// <summary>A manifest as an administrator or a cluster's operator checks it, before it is approved: proofs, clusters, and to whom the parts are wrapped.</summary>
/// <param name="Manifest">The manifest.</param>
/// <param name="Statement">What is published about the key; every proof holds.</param>
/// <param name="Recipients">The nodes, with true where the wrap key was shown and is the one that the manifest names.</param>
public sealed record ManifestCheck(DealManifest Manifest, DealStatement Statement, IReadOnlyList<(NodeId Node, bool Shown)> Recipients)
{
    /// <summary>True where P is shorter than enclaves take: a ceremony that was only tried out.</summary>
    public bool IsShort => Statement.Modulus.Length * 8 < (int)PaillierModulusSize.Bits3072;

    /// <summary>Checks a manifest.</summary>
    /// <param name="bytes">The manifest.</param>
    /// <param name="shown">Wrap keys that were fetched from the nodes; none proves nothing about the recipients.</param>
    /// <returns>
    /// What it says, or <c>input.malformed</c>: unreadable, or a proof that fails, by name of the share; <c>node.foreign</c>: a part is wrapped for another
    /// key than the node's, or a wrap key was shown of a node that has no part.
    /// </returns>
    public static Outcome<ManifestCheck> Check(ReadOnlySpan<byte> bytes, IReadOnlyCollection<VerifiedWrapKey> shown)
    {
        ArgumentNullException.ThrowIfNull(shown);
        if (!DealManifest.Parse(bytes).Is(out var manifest, out var refusal)) return refusal;
        if (!DealStatement.Parse(manifest.Statement.Span).Is(out var statement, out refusal)) return refusal;
        if (!statement.Table.Clusters.SequenceEqual(manifest.Recipients.Select(recipient => recipient.Node.Cluster.Number)))
            return new Refusal(RefusalCode.InputMalformed, "the manifest's recipients are of other clusters than the shares");
        if (!statement.Verify().Is(out _, out refusal)) return refusal;

        foreach (var wrapKey in shown)
        {
            var node = wrapKey.Statement.Node;
            if (manifest.Recipients.FirstOrDefault(recipient => recipient.Node == node) is not { } recipient)
                return new Refusal(RefusalCode.NodeForeign, $"no part is wrapped for node {node}");
            if (recipient.WrapKey != wrapKey.Statement.Hash())
                return new Refusal(RefusalCode.NodeForeign, $"the part of node {node} is wrapped for another key than the one it showed");
        }

        return new ManifestCheck(
            manifest, statement,
            [.. manifest.Recipients.Select(recipient => (recipient.Node, shown.Any(wrapKey => wrapKey.Statement.Node == recipient.Node)))]);
    }
}
