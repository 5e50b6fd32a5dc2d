using System.Text;
using VaultGrid.Crypto.Bitcoin;
using VaultGrid.Crypto.Ethereum;

namespace VaultGrid.Crypto.Tests;

/// <summary>Derivations that other libraries made: the account kinds that VaultGrid lists, and random paths.</summary>
public sealed class GeneratedDerivationTests
{
    [Fact]
    public void Extended_keys_and_addresses_agree_with_other_libraries()
    {
        Span<byte> text = stackalloc byte[ExtendedPrivateKey.TextLength];
        foreach (var vector in GeneratedVectors.Read("bip32"))
        {
            using var seed = SecretBytes.Take(vector.Bytes("seed"));
            using var master = ExtendedPrivateKey.FromSeed(seed).Value;
            using var derived = master.Derive(DerivationPath.Parse(vector.Text("path")).Value).Value;

            derived.WriteTextVarTime(text);
            Assert.Equal(vector.Text("xprv"), Encoding.ASCII.GetString(text));
            Assert.Equal(vector.Text("xpub"), derived.ToPublic().ToString());
            Assert.Equal(vector.Bytes("chainCode"), derived.ToPublic().ChainCode);
            Assert.Equal(vector.GetProperty("fingerprint").GetUInt32(), derived.Fingerprint);

            var key = derived.PublicKey;
            Assert.Equal(vector.Bytes("publicKey"), key.Compressed);
            Assert.Equal(vector.Text("ethereum"), EthereumAddress.Of(key).ToString());
            Assert.Equal(vector.Text("p2wpkh"), SegwitAddress.P2wpkh(key, BitcoinNetwork.Mainnet).ToString());
            Assert.Equal(vector.Text("p2tr"), SegwitAddress.P2tr(key, BitcoinNetwork.Mainnet).ToString());
        }
    }

    [Fact]
    public void Public_children_agree_with_other_libraries()
    {
        foreach (var vector in GeneratedVectors.Read("bip32-public"))
        {
            var parent = ExtendedPublicKey.Parse(vector.Text("parent")).Value;
            var path = DerivationPath.Parse("m/" + vector.Text("path")).Value;
            Assert.Equal(vector.Text("child"), parent.Derive(path.Steps).Value.ToString());
        }
    }

    // BIP-86 publishes the first address of the mnemonic of eleven "abandon" and "about".
    [Fact]
    public void The_first_address_of_bip_86_comes_out()
    {
        using var mnemonic = Mnemonic.ParseVarTime("abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about"u8).Value;
        using var seed = mnemonic.ToSeed([]).Value;
        using var master = ExtendedPrivateKey.FromSeed(seed).Value;
        using var key = master.Derive(DerivationPath.Parse("m/86'/0'/0'/0/0").Value).Value;
        Assert.Equal("bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr", SegwitAddress.P2tr(key.PublicKey, BitcoinNetwork.Mainnet).ToString());
    }
}
