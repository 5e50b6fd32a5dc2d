using System.Diagnostics.CodeAnalysis;
using VaultGrid.Model.Json;

namespace VaultGrid.Model;

/// <summary>
/// Asks the holders of a shared key to share it anew among other nodes, or with another f; the public key stays. The request is for the clusters of old and new
/// holders. Approved by the administrators pinned at provisioning.
/// </summary>
public sealed record ReshareKeyRequest : Request
{
    internal const string Name = "reshare-key";

    /// <summary>A request made here.</summary>
    public ReshareKeyRequest() { }

    [SetsRequiredMembers]
    internal ReshareKeyRequest(DocumentReader reader)
        : base(reader, RequestScope.OneOrSeveral)
    {
        Key = reader.Hash("key");
        Holders = RequestMembers.Holders(reader);
        Replaces = reader.Hash("replaces");
    }

    /// <inheritdoc/>
    public override string Action => Name;

    /// <summary>The hash of the key's birth record.</summary>
    public required Hash256 Key { get; init; }

    /// <summary>The new holders and f.</summary>
    public required HolderSet Holders { get; init; }

    /// <summary>The hash of the version of the shares that is in force (<c>KeyVersion</c> of VaultGrid.Enclave.Contracts), which is replaced.</summary>
    public required Hash256 Replaces { get; init; }

    internal override void WriteMembers(CanonicalWriter writer) => writer.Add("key", Key).AddHolders(Holders).Add("replaces", Replaces);
}
