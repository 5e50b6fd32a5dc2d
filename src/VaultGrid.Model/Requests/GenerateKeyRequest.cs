using System.Diagnostics.CodeAnalysis;
using VaultGrid.Model.Json;

namespace VaultGrid.Model;

/// <summary>
/// Asks nodes of one or several clusters to generate a key together, without a dealer: the same action as <see cref="CreateKeyRequest"/>, with the holders and f in
/// place of one node. Approved, in every cluster, by the administrators pinned at provisioning.
/// </summary>
public sealed record GenerateKeyRequest : Request
{
    /// <summary>A request made here.</summary>
    public GenerateKeyRequest() { }

    [SetsRequiredMembers]
    internal GenerateKeyRequest(DocumentReader reader)
        : base(reader, RequestScope.OneOrSeveral)
    {
        KeyId = reader.Parsed<KeyId>("keyId", KeyId.TryParse);
        Kind = reader.Parsed<KeyKind>("kind", KeyKinds.TryParse);
        Holders = RequestMembers.Holders(reader);
        FirstPolicy = reader.Hash("firstPolicy");
        if (!Kind.IsShared()) reader.Fail("nodes do not generate a key of this kind together");
        if (!reader.Failed && !Holders.Clusters.SequenceEqual(Clusters?.All ?? [Cluster])) reader.Fail("the request is for the clusters of its nodes");
        // A birth replaces nothing, and says so.
        if (reader.HashOrNone("replaces") is not null) reader.Fail("member 'replaces' of a birth is 'none'");
    }

    /// <inheritdoc/>
    public override string Action => CreateKeyRequest.Name;

    /// <summary>The name of the new key, unique at each holder.</summary>
    public required KeyId KeyId { get; init; }

    /// <summary>What kind of key is generated.</summary>
    public required KeyKind Kind { get; init; }

    /// <summary>The holders and f. The request is for their clusters, no others.</summary>
    public required HolderSet Holders { get; init; }

    /// <summary>The hash of the key's first policy, the same for every holder.</summary>
    public required Hash256 FirstPolicy { get; init; }

    internal override void WriteMembers(CanonicalWriter writer) => writer.Add("keyId", KeyId).Add("kind", Kind.Name()).AddHolders(Holders).Add("firstPolicy", FirstPolicy)
        .Add("replaces", (Hash256?)null);
}
