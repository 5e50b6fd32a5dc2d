using System.Diagnostics.CodeAnalysis;
using VaultGrid.Model.Json;

namespace VaultGrid.Model;

/// <summary>Asks one node to make a key; approved by the administrators pinned at provisioning.</summary>
public sealed record CreateKeyRequest : Request
{
    internal const string Name = "create-key";

    /// <summary>A request made here.</summary>
    public CreateKeyRequest() { }

    [SetsRequiredMembers]
    internal CreateKeyRequest(DocumentReader reader)
        : base(reader)
    {
        KeyId = reader.Parsed<KeyId>("keyId", KeyId.TryParse);
        Kind = reader.Parsed<KeyKind>("kind", KeyKinds.TryParse);
        Node = RequestMembers.Node(reader);
        FirstPolicy = reader.Hash("firstPolicy");
        if (Kind != KeyKind.Bip32) reader.Fail("a node does not make a key of this kind by itself");
        // A birth replaces nothing, and says so.
        if (reader.HashOrNone("replaces") is not null) reader.Fail("member 'replaces' of a birth is 'none'");
    }

    /// <inheritdoc/>
    public override string Action => Name;

    /// <summary>The name of the new key, unique in its cluster.</summary>
    public required KeyId KeyId { get; init; }

    /// <summary>What kind of key is made.</summary>
    public required KeyKind Kind { get; init; }

    /// <summary>The number of the node that makes it.</summary>
    public required uint Node { get; init; }

    /// <summary>The hash of the key's first policy, which travels beside the request.</summary>
    public required Hash256 FirstPolicy { get; init; }

    internal override void WriteMembers(CanonicalWriter writer) => writer
        .Add("keyId", KeyId).Add("kind", Kind.Name()).Add("node", Node).Add("firstPolicy", FirstPolicy).Add("replaces", (Hash256?)null);
}
