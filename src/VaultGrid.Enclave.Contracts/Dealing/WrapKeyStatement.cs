using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>A node's wrap key for one key that will be dealt: the dealer seals the node's part to it. Signed by D, wiped after the import (protocols §1).</summary>
/// <param name="Node">Whose it is.</param>
/// <param name="KeyId">The name of the key that it is for.</param>
/// <param name="PublicKey">P-256 public key, uncompressed point, 65 bytes.</param>
/// <param name="Made">When it was made, by the enclave's clock.</param>
public sealed record WrapKeyStatement(NodeId Node, KeyId KeyId, ReadOnlyMemory<byte> PublicKey, DateTimeOffset Made)
{
    private static ReadOnlySpan<byte> Tag => "VaultGrid/v1/wrap-key\0"u8;

    /// <summary>The bytes that the D key signs.</summary>
    public byte[] ToBytes() => new WireWriter().Fixed(Tag).Node(Node).Text(KeyId.ToString()).Fixed(PublicKey.Span).Time(Made).ToArray();

    /// <summary>The hash that names the wrap key in a manifest.</summary>
    public Hash256 Hash() => Hash256.Of("wrap-key-statement", ToBytes());

    /// <summary>Reads the statement.</summary>
    public static Outcome<WrapKeyStatement> Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.Tag(Tag);
        var statement = new WrapKeyStatement(reader.NodeId(), reader.KeyId(), reader.Fixed(SessionKeyStatement.PublicKeySize).ToArray(), reader.Time());
        return reader.End("a wrap key's statement", out var refusal) ? statement : refusal;
    }
}
