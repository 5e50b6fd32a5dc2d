using System.Diagnostics.CodeAnalysis;
using VaultGrid.Model.Json;

namespace VaultGrid.Model;

/// <summary>Asks a node that found its store rolled back to go on with the state it has; approved by the administrators pinned at provisioning.</summary>
public sealed record RestoreNodeRequest : Request
{
    internal const string Name = "restore-node";

    /// <summary>A request made here.</summary>
    public RestoreNodeRequest() { }

    [SetsRequiredMembers]
    internal RestoreNodeRequest(DocumentReader reader)
        : base(reader)
    {
        Node = RequestMembers.Node(reader);
        Replaces = reader.Hash("replaces");
    }

    /// <inheritdoc/>
    public override string Action => Name;

    /// <summary>The number of the node.</summary>
    public required uint Node { get; init; }

    /// <summary>The hash of the versioned part of the store that the node holds and that is accepted.</summary>
    public required Hash256 Replaces { get; init; }

    internal override void WriteMembers(CanonicalWriter writer) => writer.Add("node", Node).Add("replaces", Replaces);
}
