using System.Buffers.Binary;

namespace VaultGrid.Crypto;

/// <summary>Where an extended key stands in its tree: what BIP-32 serialises between the version and the chain code.</summary>
/// <param name="Depth">Steps from the master key.</param>
/// <param name="ParentFingerprint">First 4 bytes of HASH160 of the parent's public key, big-endian; 0 for a master key.</param>
/// <param name="ChildNumber">The last step; 0 for a master key.</param>
internal readonly record struct ExtendedKeyHeader(byte Depth, uint ParentFingerprint, uint ChildNumber)
{
    /// <summary>Bytes when serialised.</summary>
    public const int Length = 9;

    /// <summary>BIP-32, test vector 5: a master key has neither parent nor number.</summary>
    public bool IsConsistent => Depth != 0 || (ParentFingerprint == 0 && ChildNumber == 0);

    public static ExtendedKeyHeader Read(ReadOnlySpan<byte> bytes) => new(
        bytes[0], BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[5..]));

    public void Write(Span<byte> bytes)
    {
        bytes[0] = Depth;
        BinaryPrimitives.WriteUInt32BigEndian(bytes[1..], ParentFingerprint);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[5..], ChildNumber);
    }

    public static uint Fingerprint(PublicKey key)
    {
        Span<byte> hash = stackalloc byte[Hash160.Size];
        Hash160.Of(key.Compressed, hash);
        return BinaryPrimitives.ReadUInt32BigEndian(hash);
    }
}
