using VaultGrid.Model.Json;

namespace VaultGrid.Model;

/// <summary>Asks to set which nodes a cluster has; approved by the administrators pinned at provisioning.</summary>
public sealed record ChangeMembershipRequest : Request
{
    internal const string Name = "change-membership";

    /// <inheritdoc/>
    public override string Action => Name;

    /// <summary>The hash of the next membership record, which travels beside the request.</summary>
    public required Hash256 Membership { get; init; }

    /// <summary>The hash of the record in force, or null for a cluster's first.</summary>
    public required Hash256? Replaces { get; init; }

    internal static ChangeMembershipRequest Read(DocumentReader reader) => new()
    {
        Membership = reader.Hash("membership"),
        Replaces = reader.HashOrNone("replaces"),
        Id = RequestMembers.Id(reader),
        Cluster = RequestMembers.Cluster(reader),
        Policy = reader.Hash("policy"),
        Revocations = reader.Number("revocations"),
        Expires = reader.Time("expires"),
        Purpose = RequestMembers.Purpose(reader),
    };

    internal override void WriteMembers(CanonicalWriter writer) => writer.Add("membership", Membership).Add("replaces", Replaces);
}
