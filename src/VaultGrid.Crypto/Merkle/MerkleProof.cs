namespace VaultGrid.Crypto.Merkle;

/// <summary>Proofs that a leaf is in a tree, and that a tree is the beginning of a larger one (RFC 6962 §2.1.1 and §2.1.2). Without I/O: a proof is the hashes of ranges of leaves.</summary>
public static class MerkleProof
{
    /// <summary>The longest proof: a path in a tree of 2⁶³ leaves, and one more.</summary>
    public const int Longest = 64;

    /// <summary>The ranges whose hashes prove that leaf <paramref name="index"/> is in the tree of <paramref name="size"/> leaves; from the leaf upwards.</summary>
    public static IReadOnlyList<MerkleRange> Inclusion(ulong index, ulong size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<MerkleRange>();
        for (var tree = new MerkleRange(0, size); tree.Count > 1;)
        {
            var (left, right) = tree.Split();
            (tree, var sibling) = index < right.Start ? (left, right) : (right, left);
            path.Add(sibling);
        }

        path.Reverse();
        return path;
    }

    /// <summary>The ranges whose hashes prove that the tree of <paramref name="first"/> leaves is the beginning of the one of <paramref name="second"/>.</summary>
    public static IReadOnlyList<MerkleRange> Consistency(ulong first, ulong second)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, second);
        var path = new List<MerkleRange>();
        if (first == 0 || first == second) return path;
        var (tree, whole) = (new MerkleRange(0, second), true);
        while (tree.End != first)
        {
            var (left, right) = tree.Split();
            if (first <= right.Start)
            {
                path.Add(right);
                tree = left;
            }
            else
            {
                path.Add(left);
                (tree, whole) = (right, false);
            }
        }

        // The old tree itself needs no hash where the verifier has its root.
        if (!whole) path.Add(tree);
        path.Reverse();
        return path;
    }

    /// <summary>True where the proof leads from a leaf's hash to the root.</summary>
    public static bool Includes(Hash256 leaf, ulong index, ulong size, IReadOnlyList<Hash256> proof, Hash256 root)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (index >= size) return false;
        var ranges = Inclusion(index, size);
        if (ranges.Count != proof.Count) return false;
        var hash = leaf;
        for (var i = 0; i < proof.Count; i++) hash = ranges[i].Start > index ? MerkleHash.Node(hash, proof[i]) : MerkleHash.Node(proof[i], hash);
        return hash == root;
    }

    /// <summary>True where the proof leads to both roots.</summary>
    public static bool IsConsistent(ulong first, ulong second, Hash256 firstRoot, Hash256 secondRoot, IReadOnlyList<Hash256> proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (first > second) return false;
        if (first == second) return proof.Count == 0 && firstRoot == secondRoot;
        if (first == 0) return proof.Count == 0 && firstRoot == MerkleHash.Empty;
        var ranges = Consistency(first, second);
        if (ranges.Count != proof.Count) return false;

        // Upwards from the old tree's last complete part: what stands left of it belongs to both trees, what stands right to the new one alone.
        var start = ranges.Count > 0 && ranges[0].End == first ? 1 : 0;
        var (old, now) = start == 1 ? (proof[0], proof[0]) : (firstRoot, firstRoot);
        for (var i = start; i < proof.Count; i++)
        {
            if (ranges[i].Start >= first)
            {
                now = MerkleHash.Node(now, proof[i]);
                continue;
            }

            (old, now) = (MerkleHash.Node(proof[i], old), MerkleHash.Node(proof[i], now));
        }

        return old == firstRoot && now == secondRoot;
    }
}
