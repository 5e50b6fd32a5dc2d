using System.Diagnostics.CodeAnalysis;
using VaultGrid.Model.Json;

namespace VaultGrid.Model;

/// <summary>Asks a node to destroy its keys for good; approved by the administrators pinned at provisioning.</summary>
public sealed record RetireNodeRequest : Request
{
    internal const string Name = "retire-node";

    /// <summary>A request made here.</summary>
    public RetireNodeRequest() { }

    [SetsRequiredMembers]
    internal RetireNodeRequest(DocumentReader reader)
        : base(reader)
    {
        Node = RequestMembers.Node(reader);
        Replaces = reader.Hash("replaces");
    }

    /// <inheritdoc/>
    public override string Action => Name;

    /// <summary>The number of the node.</summary>
    public required uint Node { get; init; }

    /// <summary>The hash of the node's D public key (SubjectPublicKeyInfo): a successor of the same name is not meant.</summary>
    public required Hash256 Replaces { get; init; }

    internal override void WriteMembers(CanonicalWriter writer) => writer.Add("node", Node).Add("replaces", Replaces);
}
