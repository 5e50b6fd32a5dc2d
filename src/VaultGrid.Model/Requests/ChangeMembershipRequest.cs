using System.Diagnostics.CodeAnalysis;
using VaultGrid.Model.Json;

namespace VaultGrid.Model;

/// <summary>Asks to set which nodes a cluster has; approved by the administrators pinned at provisioning.</summary>
public sealed record ChangeMembershipRequest : Request
{
    internal const string Name = "change-membership";

    /// <summary>A request made here.</summary>
    public ChangeMembershipRequest() { }

    [SetsRequiredMembers]
    internal ChangeMembershipRequest(DocumentReader reader)
        : base(reader)
    {
        Membership = reader.Hash("membership");
        Replaces = reader.HashOrNone("replaces");
    }

    /// <inheritdoc/>
    public override string Action => Name;

    /// <summary>The hash of the next membership record, which travels beside the request.</summary>
    public required Hash256 Membership { get; init; }

    /// <summary>The hash of the record in force, or null for a cluster's first.</summary>
    public required Hash256? Replaces { get; init; }

    internal override void WriteMembers(CanonicalWriter writer) => writer.Add("membership", Membership).Add("replaces", Replaces);
}
