using VaultGrid.Crypto.Merkle;

namespace VaultGrid.Crypto.Tests.Merkle;

/// <summary>Trees, inclusion and consistency against RFC 6962 §2.1: the well-known roots of its eight test leaves, and its recursive definitions, written down again here.</summary>
public sealed class MerkleTests
{
    private static readonly string[] Leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    [Theory]
    [InlineData(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")]
    [InlineData(4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4")]
    [InlineData(6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef")]
    [InlineData(7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void The_known_leaves_have_the_known_roots(int count, string root)
    {
        var tree = new MerkleAccumulator();
        foreach (var leaf in Leaves.Take(count)) tree.Append(MerkleHash.Leaf(Convert.FromHexString(leaf)));
        Assert.Equal("0x" + root, tree.Root.ToString());
        Assert.Equal(tree.Root, MerkleAccumulator.At(tree.Size, tree.Edge).Root);
    }

    [Fact]
    public void Every_leaf_of_every_tree_is_proven_and_no_other_leaf_place_or_root_is()
    {
        for (var size = 1; size <= 33; size++)
        {
            var leaves = Hashes(size);
            var root = Root(leaves);
            for (var index = 0; index < size; index++)
            {
                var proof = MerkleProof.Inclusion((ulong)index, (ulong)size).Select(range => Of(leaves, range)).ToList();
                Assert.Equal(Path(index, leaves), proof);
                Assert.True(MerkleProof.Includes(leaves[index], (ulong)index, (ulong)size, proof, root));
                Assert.False(MerkleProof.Includes(MerkleHash.Leaf([255]), (ulong)index, (ulong)size, proof, root));
                Assert.False(MerkleProof.Includes(leaves[index], (ulong)index, (ulong)size, proof, MerkleHash.Leaf([255])));
                Assert.False(MerkleProof.Includes(leaves[index], (ulong)index, (ulong)size, [.. proof, root], root));
                for (var other = 0; other < size; other++)
                {
                    if (other != index) Assert.False(MerkleProof.Includes(leaves[index], (ulong)other, (ulong)size, proof, root));
                }
            }
        }
    }

    [Fact]
    public void Every_beginning_of_every_tree_is_proven_and_no_other_root_is()
    {
        for (var second = 1; second <= 33; second++)
        {
            var leaves = Hashes(second);
            for (var first = 1; first <= second; first++)
            {
                var (old, now) = (Root(leaves[..first]), Root(leaves));
                var proof = MerkleProof.Consistency((ulong)first, (ulong)second).Select(range => Of(leaves, range)).ToList();
                Assert.Equal(SubProof(first, leaves, whole: true), proof);
                Assert.True(MerkleProof.IsConsistent((ulong)first, (ulong)second, old, now, proof));
                Assert.False(MerkleProof.IsConsistent((ulong)first, (ulong)second, MerkleHash.Leaf([255]), now, proof));
                Assert.False(MerkleProof.IsConsistent((ulong)first, (ulong)second, old, MerkleHash.Leaf([255]), proof));
                Assert.False(MerkleProof.IsConsistent((ulong)first, (ulong)second, old, now, [.. proof, now]));
                for (var i = 0; i < proof.Count; i++)
                {
                    var changed = proof.ToList();
                    changed[i] = MerkleHash.Leaf([255]);
                    Assert.False(MerkleProof.IsConsistent((ulong)first, (ulong)second, old, now, changed));
                }
            }
        }
    }

    [Fact]
    public void A_range_is_folded_from_complete_subtrees_that_were_told_when_they_were_complete()
    {
        var leaves = Hashes(77);
        var nodes = new Dictionary<(int, ulong), Hash256>();
        var tree = new MerkleAccumulator();
        for (var i = 0; i < leaves.Length; i++)
        {
            nodes[(0, (ulong)i)] = leaves[i];
            tree.Append(leaves[i], (level, index, hash) => nodes.Add((level, index), hash));
        }

        Assert.Equal(Root(leaves), MerkleRange.Fold([.. new MerkleRange(0, 77).Subtrees().Select(at => nodes[at])]));
        Assert.Equal(Root(leaves[64..]), MerkleRange.Fold([.. new MerkleRange(64, 77).Subtrees().Select(at => nodes[at])]));
    }

    private static Hash256[] Hashes(int count) => [.. Enumerable.Range(0, count).Select(i => MerkleHash.Leaf([(byte)i]))];

    private static Hash256 Of(Hash256[] leaves, MerkleRange range) => Root(leaves[(int)range.Start..(int)range.End]);

    private static int Half(int count)
    {
        var k = 1;
        while (k * 2 < count) k *= 2;
        return k;
    }

    // MTH(D[n])
    private static Hash256 Root(Hash256[] leaves) => leaves.Length switch
    {
        0 => MerkleHash.Empty,
        1 => leaves[0],
        _ => MerkleHash.Node(Root(leaves[..Half(leaves.Length)]), Root(leaves[Half(leaves.Length)..])),
    };

    // PATH(m, D[n])
    private static List<Hash256> Path(int index, Hash256[] leaves)
    {
        if (leaves.Length == 1) return [];
        var k = Half(leaves.Length);
        return index < k ? [.. Path(index, leaves[..k]), Root(leaves[k..])] : [.. Path(index - k, leaves[k..]), Root(leaves[..k])];
    }

    // SUBPROOF(m, D[n], b)
    private static List<Hash256> SubProof(int first, Hash256[] leaves, bool whole)
    {
        if (first == leaves.Length) return whole ? [] : [Root(leaves)];
        var k = Half(leaves.Length);
        return first <= k
            ? [.. SubProof(first, leaves[..k], whole), Root(leaves[k..])]
            : [.. SubProof(first - k, leaves[k..], whole: false), Root(leaves[..k])];
    }
}
