using VaultGrid.Model.Json;

namespace VaultGrid.Model;

/// <summary>Asks to replace a key's policy; approved by the quorum of the policy in force.</summary>
public sealed record ChangePolicyRequest : Request
{
    internal const string Name = "change-policy";

    /// <inheritdoc/>
    public override string Action => Name;

    /// <summary>The hash of the key's birth record.</summary>
    public required Hash256 Key { get; init; }

    /// <summary>The hash of the next policy, which travels beside the request.</summary>
    public required Hash256 NextPolicy { get; init; }

    /// <summary>The hash of the policy in force, which is replaced.</summary>
    public required Hash256 Replaces { get; init; }

    internal static ChangePolicyRequest Read(DocumentReader reader) => new()
    {
        Key = reader.Hash("key"),
        NextPolicy = reader.Hash("nextPolicy"),
        Replaces = reader.Hash("replaces"),
        Id = RequestMembers.Id(reader),
        Cluster = RequestMembers.Cluster(reader),
        Policy = reader.Hash("policy"),
        Revocations = reader.Number("revocations"),
        Expires = reader.Time("expires"),
        Purpose = RequestMembers.Purpose(reader),
    };

    internal override void WriteMembers(CanonicalWriter writer) => writer.Add("key", Key).Add("nextPolicy", NextPolicy).Add("replaces", Replaces);
}
