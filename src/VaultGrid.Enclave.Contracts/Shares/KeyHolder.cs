using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>Who holds one share: a node and its D key. A fresh device of the same name holds nothing.</summary>
/// <param name="Node">The node.</param>
/// <param name="Device">SHA-256 of its D public key's SubjectPublicKeyInfo (DER).</param>
public sealed record KeyHolder(NodeId Node, Hash256 Device)
{
    /// <summary>Writes it in VaultGrid's binary encoding.</summary>
    public static void Write(WireWriter writer, KeyHolder holder)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(holder);
        writer.Node(holder.Node).Hash(holder.Device);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static KeyHolder Read(ref WireReader reader) => new(reader.NodeId(), reader.Hash());
}
