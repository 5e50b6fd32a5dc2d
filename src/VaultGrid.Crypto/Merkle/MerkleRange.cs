using System.Numerics;

namespace VaultGrid.Crypto.Merkle;

/// <summary>Leaves <c>start ≤ i &lt; end</c> of a tree, as proofs cut it: RFC 6962 splits n leaves at the largest power of two below n.</summary>
/// <param name="Start">The first leaf.</param>
/// <param name="End">Behind the last.</param>
public readonly record struct MerkleRange(ulong Start, ulong End)
{
    /// <summary>How many leaves.</summary>
    public ulong Count => End - Start;

    /// <summary>The two halves.</summary>
    public (MerkleRange Left, MerkleRange Right) Split()
    {
        var half = Start + (1UL << BitOperations.Log2(Count - 1));
        return (new(Start, half), new(half, End));
    }

    /// <summary>The complete subtrees that the range consists of, from the left: each is node <c>index</c> of its level, level 0 being leaves.</summary>
    public IReadOnlyList<(int Level, ulong Index)> Subtrees()
    {
        var subtrees = new List<(int, ulong)>();
        for (var at = Start; at < End;)
        {
            var level = BitOperations.Log2(End - at);
            subtrees.Add((level, at >> level));
            at += 1UL << level;
        }

        return subtrees;
    }

    /// <summary>The hash of a range from those of its subtrees.</summary>
    public static Hash256 Fold(IReadOnlyList<Hash256> subtrees)
    {
        ArgumentNullException.ThrowIfNull(subtrees);
        if (subtrees.Count == 0) return MerkleHash.Empty;
        var hash = subtrees[^1];
        for (var i = subtrees.Count - 2; i >= 0; i--) hash = MerkleHash.Node(subtrees[i], hash);
        return hash;
    }
}
