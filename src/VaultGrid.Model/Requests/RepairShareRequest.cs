using System.Diagnostics.CodeAnalysis;
using VaultGrid.Model.Json;

namespace VaultGrid.Model;

/// <summary>
/// Asks the holders of a shared key to take a fresh device for the holder of one share whose device was lost with it: the new D key gets the share from f + 1
/// others. A holder that still has its D key needs no request. Approved by the administrators pinned at provisioning.
/// </summary>
public sealed record RepairShareRequest : Request
{
    internal const string Name = "repair-share";

    /// <summary>A request made here.</summary>
    public RepairShareRequest() { }

    [SetsRequiredMembers]
    internal RepairShareRequest(DocumentReader reader)
        : base(reader, RequestScope.OneOrSeveral)
    {
        Key = reader.Hash("key");
        Node = RequestMembers.Holder(reader);
        Device = reader.Hash("device");
        Replaces = reader.Hash("replaces");
    }

    /// <inheritdoc/>
    public override string Action => Name;

    /// <summary>The hash of the key's birth record.</summary>
    public required Hash256 Key { get; init; }

    /// <summary>The holder.</summary>
    public required NodeId Node { get; init; }

    /// <summary>The hash of its new D public key (SubjectPublicKeyInfo).</summary>
    public required Hash256 Device { get; init; }

    /// <summary>The hash of its old D public key.</summary>
    public required Hash256 Replaces { get; init; }

    internal override void WriteMembers(CanonicalWriter writer) => writer.Add("key", Key).Add("node", Node).Add("device", Device).Add("replaces", Replaces);
}
