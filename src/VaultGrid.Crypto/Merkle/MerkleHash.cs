using System.Security.Cryptography;

namespace VaultGrid.Crypto.Merkle;

/// <summary>Hashes of a Merkle tree (RFC 6962 §2.1): leaves and inner nodes are told apart by a byte before them.</summary>
public static class MerkleHash
{
    /// <summary>The root of a tree without leaves.</summary>
    public static Hash256 Empty { get; } = Hash256.Sha256([]);

    /// <summary>SHA-256(0x00 ‖ leaf).</summary>
    public static Hash256 Leaf(ReadOnlySpan<byte> leaf)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0]);
        hash.AppendData(leaf);
        Span<byte> result = stackalloc byte[Hash256.Length];
        hash.GetHashAndReset(result);
        return new Hash256(result);
    }

    /// <summary>SHA-256(0x01 ‖ left ‖ right).</summary>
    public static Hash256 Node(Hash256 left, Hash256 right)
    {
        Span<byte> both = stackalloc byte[1 + (2 * Hash256.Length)];
        both[0] = 1;
        left.CopyTo(both[1..]);
        right.CopyTo(both[(1 + Hash256.Length)..]);
        return Hash256.Sha256(both);
    }
}
