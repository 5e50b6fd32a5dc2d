using System.Diagnostics.CodeAnalysis;
using VaultGrid.Model.Json;

namespace VaultGrid.Model;

/// <summary>Asks to replace the administrators pinned at provisioning; approved by their quorum in force.</summary>
public sealed record ChangeAdminsRequest : Request
{
    internal const string Name = "change-admins";

    /// <summary>A request made here.</summary>
    public ChangeAdminsRequest() { }

    [SetsRequiredMembers]
    internal ChangeAdminsRequest(DocumentReader reader)
        : base(reader)
    {
        NextPolicy = reader.Hash("nextPolicy");
        Replaces = reader.Hash("replaces");
    }

    /// <inheritdoc/>
    public override string Action => Name;

    /// <summary>The hash of the next policy of the administrators, which travels beside the request.</summary>
    public required Hash256 NextPolicy { get; init; }

    /// <summary>The hash of the policy in force, which is replaced.</summary>
    public required Hash256 Replaces { get; init; }

    internal override void WriteMembers(CanonicalWriter writer) => writer.Add("nextPolicy", NextPolicy).Add("replaces", Replaces);
}
