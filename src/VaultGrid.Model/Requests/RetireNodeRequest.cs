using VaultGrid.Model.Json;

namespace VaultGrid.Model;

/// <summary>Asks a node to destroy its keys for good; approved by the administrators pinned at provisioning.</summary>
public sealed record RetireNodeRequest : Request
{
    internal const string Name = "retire-node";

    /// <inheritdoc/>
    public override string Action => Name;

    /// <summary>The number of the node.</summary>
    public required uint Node { get; init; }

    /// <summary>The hash of the node's D public key (SubjectPublicKeyInfo): a successor of the same name is not meant.</summary>
    public required Hash256 Replaces { get; init; }

    internal static RetireNodeRequest Read(DocumentReader reader) => new()
    {
        Node = RequestMembers.Node(reader),
        Replaces = reader.Hash("replaces"),
        Id = RequestMembers.Id(reader),
        Cluster = RequestMembers.Cluster(reader),
        Policy = reader.Hash("policy"),
        Revocations = reader.Number("revocations"),
        Expires = reader.Time("expires"),
        Purpose = RequestMembers.Purpose(reader),
    };

    internal override void WriteMembers(CanonicalWriter writer) => writer.Add("node", Node).Add("replaces", Replaces);
}
