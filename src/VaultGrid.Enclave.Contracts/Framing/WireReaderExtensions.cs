using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>Reads Model's value types off the wire; a value out of its domain is a fault of the message.</summary>
public static class WireReaderExtensions
{
    /// <summary>A key id.</summary>
    public static KeyId KeyId(this ref WireReader reader)
    {
        if (Model.KeyId.TryParse(reader.Text(64), out var id)) return id;
        reader.Fail("a key id is not one");
        return default;
    }

    /// <summary>A kind of key.</summary>
    public static KeyKind KeyKind(this ref WireReader reader)
    {
        if (KeyKinds.TryParse(reader.Text(32), out var kind)) return kind;
        reader.Fail("a kind of key is unknown");
        return default;
    }

    /// <summary>A node.</summary>
    public static NodeId NodeId(this ref WireReader reader)
    {
        var (cluster, index) = (reader.U32(), reader.U32());
        if (cluster != 0 && index != 0) return new NodeId(new ClusterId(cluster), index);
        reader.Fail("a node's number is 0");
        return default;
    }

    /// <summary>A derivation path.</summary>
    public static DerivationPath DerivationPath(this ref WireReader reader)
    {
        if (Crypto.DerivationPath.Parse(reader.Text(256)).Is(out var path, out _)) return path;
        reader.Fail("a derivation path is not one");
        return Crypto.DerivationPath.Master;
    }

    /// <summary>The tag that a statement starts with.</summary>
    public static void Tag(this ref WireReader reader, ReadOnlySpan<byte> tag)
    {
        if (!PublicBytes.Equal(reader.Fixed(tag.Length), tag)) reader.Fail("it does not start with its tag");
    }

    /// <summary>Copied bytes behind their length.</summary>
    public static ReadOnlyMemory<byte> Memory(this ref WireReader reader, int limit) => reader.Bytes(limit).ToArray();

    /// <summary>Writes a node.</summary>
    public static WireWriter Node(this WireWriter writer, NodeId node)
    {
        ArgumentNullException.ThrowIfNull(writer);
        return writer.U32(node.Cluster.Number).U32(node.Index);
    }
}
