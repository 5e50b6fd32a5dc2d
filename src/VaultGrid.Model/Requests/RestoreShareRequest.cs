using System.Diagnostics.CodeAnalysis;
using VaultGrid.Model.Json;

namespace VaultGrid.Model;

/// <summary>
/// Asks one holder to take its share from a backup that a quorum of administrators opened; only of the version in force. Approved by the administrators pinned at
/// provisioning.
/// </summary>
public sealed record RestoreShareRequest : Request
{
    internal const string Name = "restore-share";

    /// <summary>A request made here.</summary>
    public RestoreShareRequest() { }

    [SetsRequiredMembers]
    internal RestoreShareRequest(DocumentReader reader)
        : base(reader, RequestScope.OneOrSeveral)
    {
        Key = reader.Hash("key");
        Node = RequestMembers.Holder(reader);
        Backup = reader.Hash("backup");
        Replaces = reader.Hash("replaces");
    }

    /// <inheritdoc/>
    public override string Action => Name;

    /// <summary>The hash of the key's birth record.</summary>
    public required Hash256 Key { get; init; }

    /// <summary>The holder.</summary>
    public required NodeId Node { get; init; }

    /// <summary>The hash of the backup, which travels beside the request.</summary>
    public required Hash256 Backup { get; init; }

    /// <summary>The hash of the version of the shares that is in force (<c>KeyVersion</c> of VaultGrid.Enclave.Contracts).</summary>
    public required Hash256 Replaces { get; init; }

    internal override void WriteMembers(CanonicalWriter writer) => writer.Add("key", Key).Add("node", Node).Add("backup", Backup).Add("replaces", Replaces);
}
