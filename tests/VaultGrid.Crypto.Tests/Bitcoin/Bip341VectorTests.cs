using System.Text.Json;
using VaultGrid.Crypto.Bitcoin;
using VaultGrid.Testing;

namespace VaultGrid.Crypto.Tests;

/// <summary>The wallet vectors of BIP-341: output keys and scripts, script trees, and the signatures of the key path.</summary>
public sealed class Bip341VectorTests
{
    [Fact]
    public void Output_keys_scripts_and_addresses_come_out()
    {
        using var vectors = PublicVectors.Json("bip341/wallet-test-vectors.json");
        var cases = vectors.RootElement.GetProperty("scriptPubKey").EnumerateArray().ToArray();
        Assert.Equal(7, cases.Length);
        foreach (var vector in cases)
        {
            var (given, between, expected) = (vector.GetProperty("given"), vector.GetProperty("intermediary"), vector.GetProperty("expected"));
            var internalKey = XOnlyPublicKey.Parse(Bytes(given, "internalPubkey")).Value;
            var leaves = new List<Leaf>();
            Hash256? root = given.IsNull("scriptTree") ? null : Root(given.GetProperty("scriptTree"), leaves);
            if (root is { } merkleRoot) Assert.Equal(Bytes(between, "merkleRoot"), merkleRoot.ToArray());

            var output = root is { } tree ? TaprootOutput.Of(internalKey, tree) : TaprootOutput.Of(internalKey);
            Assert.Equal(Bytes(between, "tweak"), output.Tweak.ToArray());
            Assert.Equal(Bytes(between, "tweakedPubkey"), output.Key.Bytes);

            var address = SegwitAddress.P2tr(output, BitcoinNetwork.Mainnet);
            Assert.Equal(Bytes(expected, "scriptPubKey"), address.ScriptPubKey);
            Assert.Equal(expected.Text("bip350Address"), address.ToString());
            if (root is null) continue;

            Assert.Equal(between.GetProperty("leafHashes").EnumerateArray().Select(hash => "0x" + hash.GetString()), leaves.Select(leaf => leaf.Hash.ToString()));
            var blocks = expected.GetProperty("scriptPathControlBlocks").EnumerateArray().Select(block => "0x" + block.GetString());
            Assert.Equal(blocks, leaves.Select(leaf => leaf.ControlBlock(output, internalKey)));
        }
    }

    [Fact]
    public void Key_path_signatures_come_out()
    {
        using var vectors = PublicVectors.Json("bip341/wallet-test-vectors.json");
        var inputs = vectors.RootElement.GetProperty("keyPathSpending")[0].GetProperty("inputSpending").EnumerateArray().ToArray();
        Assert.Equal(7, inputs.Length);
        foreach (var input in inputs)
        {
            var (given, between) = (input.GetProperty("given"), input.GetProperty("intermediary"));
            using var key = PrivateKey.Take(Bytes(given, "internalPrivkey")).Value;
            var internalKey = key.PublicKey.ToXOnly();
            Assert.Equal(Bytes(between, "internalPubkey"), internalKey.Bytes);

            var tweak = given.IsNull("merkleRoot") ? TapHash.Tweak(internalKey) : TapHash.Tweak(internalKey, new Hash256(Bytes(given, "merkleRoot")));
            Assert.Equal(Bytes(between, "tweak"), tweak.ToArray());

            // The vectors sign with auxiliary randomness of zeros; the witness may end in the hash type.
            using var pair = SchnorrKeyPair.Tweaked(key, tweak.AsSpan()).Value;
            var witness = Convert.FromHexString(input.GetProperty("expected").GetProperty("witness")[0].GetString()!);
            Assert.Equal(witness[..64], pair.Sign(Bytes(between, "sigHash"), new byte[32]));
        }
    }

    private static Hash256 Root(JsonElement node, List<Leaf> leaves)
    {
        if (node.ValueKind == JsonValueKind.Object)
        {
            var version = node.GetProperty("leafVersion").GetByte();
            var leaf = new Leaf(version, TapHash.Leaf(Bytes(node, "script"), version), []);
            leaves.Add(leaf);
            return leaf.Hash;
        }

        var (left, right) = (new List<Leaf>(), new List<Leaf>());
        var (leftRoot, rightRoot) = (Root(node[0], left), Root(node[1], right));
        left.ForEach(leaf => leaf.Path.Add(rightRoot));
        right.ForEach(leaf => leaf.Path.Add(leftRoot));
        leaves.AddRange([.. left, .. right]);
        return TapHash.Branch(leftRoot, rightRoot);
    }

    private static byte[] Bytes(JsonElement element, string name) => Convert.FromHexString(element.Text(name));

    private sealed record Leaf(byte Version, Hash256 Hash, List<Hash256> Path)
    {
        public string ControlBlock(TaprootOutput output, XOnlyPublicKey internalKey) => Hex.Encode(
            [(byte)(Version | (output.HasOddY ? 1 : 0)), .. internalKey.Bytes, .. Path.SelectMany(hash => hash.ToArray())]);
    }
}
