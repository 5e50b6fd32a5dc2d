namespace VaultGrid.Crypto.Merkle;

/// <summary>A growing Merkle tree in constant memory: it keeps the complete subtrees at its right edge, one for each bit of its size. Not for several threads.</summary>
public sealed class MerkleAccumulator
{
    private readonly List<Hash256> _edge = [];

    /// <summary>How many leaves it has.</summary>
    public ulong Size { get; private set; }

    /// <summary>The root (RFC 6962 §2.1).</summary>
    public Hash256 Root => MerkleRange.Fold(_edge);

    /// <summary>Appends a leaf's hash.</summary>
    /// <param name="leaf">Made by <see cref="MerkleHash.Leaf"/>.</param>
    /// <param name="completed">Told each inner node that is complete now: level, index, hash.</param>
    public void Append(Hash256 leaf, Action<int, ulong, Hash256>? completed = null)
    {
        _edge.Add(leaf);
        for (var (size, level) = (Size, 1); (size & 1) == 1; size >>= 1, level++)
        {
            var node = MerkleHash.Node(_edge[^2], _edge[^1]);
            _edge.RemoveRange(_edge.Count - 2, 2);
            _edge.Add(node);
            completed?.Invoke(level, size >> 1, node);
        }

        Size++;
    }

    /// <summary>Takes up a tree from the complete subtrees at its right edge, from the left.</summary>
    /// <exception cref="ArgumentException">Their number is not that of the size's bits.</exception>
    public static MerkleAccumulator At(ulong size, IReadOnlyList<Hash256> edge)
    {
        ArgumentNullException.ThrowIfNull(edge);
        if (edge.Count != System.Numerics.BitOperations.PopCount(size)) throw new ArgumentException($"A tree of {size} leaves has another right edge.", nameof(edge));
        var tree = new MerkleAccumulator { Size = size };
        tree._edge.AddRange(edge);
        return tree;
    }

    /// <summary>The complete subtrees at its right edge, from the left.</summary>
    public IReadOnlyList<Hash256> Edge => [.. _edge];
}
