using System.Diagnostics.CodeAnalysis;
using VaultGrid.Model.Json;

namespace VaultGrid.Model;

/// <summary>Asks to replace a key's policy; approved by the quorum of the policy in force.</summary>
public sealed record ChangePolicyRequest : Request
{
    internal const string Name = "change-policy";

    /// <summary>A request made here.</summary>
    public ChangePolicyRequest() { }

    [SetsRequiredMembers]
    internal ChangePolicyRequest(DocumentReader reader)
        : base(reader, RequestScope.OneOrSeveral)
    {
        Key = reader.Hash("key");
        NextPolicy = reader.Hash("nextPolicy");
        Replaces = reader.Hash("replaces");
    }

    /// <inheritdoc/>
    public override string Action => Name;

    /// <summary>The hash of the key's birth record.</summary>
    public required Hash256 Key { get; init; }

    /// <summary>The hash of the next policy, which travels beside the request.</summary>
    public required Hash256 NextPolicy { get; init; }

    /// <summary>The hash of the policy in force, which is replaced.</summary>
    public required Hash256 Replaces { get; init; }

    internal override void WriteMembers(CanonicalWriter writer) => writer.Add("key", Key).Add("nextPolicy", NextPolicy).Add("replaces", Replaces);
}
