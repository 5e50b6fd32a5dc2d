using System.Diagnostics.CodeAnalysis;
using VaultGrid.Model.Json;

namespace VaultGrid.Model;

/// <summary>
/// Asks the holders of a shared key to make new shares of it before its policy says that it is due; the public key stays. Approved by the administrators
/// pinned at provisioning. A refresh that is due needs no request.
/// </summary>
public sealed record RefreshKeyRequest : Request
{
    internal const string Name = "refresh-key";

    /// <summary>A request made here.</summary>
    public RefreshKeyRequest() { }

    [SetsRequiredMembers]
    internal RefreshKeyRequest(DocumentReader reader)
        : base(reader, RequestScope.OneOrSeveral)
    {
        Key = reader.Hash("key");
        Replaces = reader.Hash("replaces");
    }

    /// <inheritdoc/>
    public override string Action => Name;

    /// <summary>The hash of the key's birth record.</summary>
    public required Hash256 Key { get; init; }

    /// <summary>The hash of the version of the shares that is in force (<c>KeyVersion</c> of VaultGrid.Enclave.Contracts), which is replaced.</summary>
    public required Hash256 Replaces { get; init; }

    internal override void WriteMembers(CanonicalWriter writer) => writer.Add("key", Key).Add("replaces", Replaces);
}
