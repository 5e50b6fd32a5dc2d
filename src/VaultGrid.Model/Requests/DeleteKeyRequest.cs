using System.Diagnostics.CodeAnalysis;
using VaultGrid.Model.Json;

namespace VaultGrid.Model;

/// <summary>
/// Asks to destroy a shared key: each holder destroys its share and keeps the name taken, for good. Approved by the administrators pinned at provisioning.
/// </summary>
public sealed record DeleteKeyRequest : Request
{
    internal const string Name = "delete-key";

    /// <summary>A request made here.</summary>
    public DeleteKeyRequest() { }

    [SetsRequiredMembers]
    internal DeleteKeyRequest(DocumentReader reader)
        : base(reader, RequestScope.OneOrSeveral)
    {
        Key = reader.Hash("key");
        Replaces = reader.Hash("replaces");
    }

    /// <inheritdoc/>
    public override string Action => Name;

    /// <summary>The hash of the key's birth record.</summary>
    public required Hash256 Key { get; init; }

    /// <summary>The hash of the key's policy in force.</summary>
    public required Hash256 Replaces { get; init; }

    internal override void WriteMembers(CanonicalWriter writer) => writer.Add("key", Key).Add("replaces", Replaces);
}
