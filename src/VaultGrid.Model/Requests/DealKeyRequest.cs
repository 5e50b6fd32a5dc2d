using System.Diagnostics.CodeAnalysis;
using VaultGrid.Model.Json;

namespace VaultGrid.Model;

/// <summary>
/// Asks several clusters to take their parts of a key that a dealer made: the same action as <see cref="CreateKeyRequest"/>, with the hash of the
/// dealer's manifest in place of a node. Approved, in every cluster, by the administrators pinned at provisioning.
/// </summary>
public sealed record DealKeyRequest : Request
{
    /// <summary>A request made here.</summary>
    public DealKeyRequest() { }

    [SetsRequiredMembers]
    internal DealKeyRequest(DocumentReader reader)
        : base(reader, RequestScope.Several)
    {
        KeyId = reader.Parsed<KeyId>("keyId", KeyId.TryParse);
        Kind = reader.Parsed<KeyKind>("kind", KeyKinds.TryParse);
        Manifest = reader.Hash("manifest");
        FirstPolicy = reader.Hash("firstPolicy");
        if (Kind != KeyKind.ThresholdEcdsa) reader.Fail("no dealer makes a key of this kind");
        // A birth replaces nothing, and says so.
        if (reader.HashOrNone("replaces") is not null) reader.Fail("member 'replaces' of a birth is 'none'");
    }

    /// <inheritdoc/>
    public override string Action => CreateKeyRequest.Name;

    /// <summary>The name of the new key, unique in each of its clusters.</summary>
    public required KeyId KeyId { get; init; }

    /// <summary>What kind of key was dealt.</summary>
    public required KeyKind Kind { get; init; }

    /// <summary>The hash of the manifest: what the dealer published, and to whom it wrapped.</summary>
    public required Hash256 Manifest { get; init; }

    /// <summary>The hash of the key's first policy, the same in every cluster.</summary>
    public required Hash256 FirstPolicy { get; init; }

    internal override void WriteMembers(CanonicalWriter writer) => writer
        .Add("keyId", KeyId).Add("kind", Kind.Name()).Add("manifest", Manifest).Add("firstPolicy", FirstPolicy).Add("replaces", (Hash256?)null);
}
