using VaultGrid.Crypto.Bitcoin;

namespace VaultGrid.Crypto.Tests;

public sealed class SegwitAddressTests
{
    [Theory]
    [InlineData("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", "0x0014751e76e8199196d454941c45d1b3a323f1433bd6")]
    [InlineData("tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7", "0x00201863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262")]
    [InlineData("bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y", "0x5128751e76e8199196d454941c45d1b3a323f1433bd6751e76e8199196d454941c45d1b3a323f1433bd6")]
    [InlineData("BC1SW50QGDZ25J", "0x6002751e")]
    [InlineData("bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs", "0x5210751e76e8199196d454941c45d1b3a323")]
    [InlineData("tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy", "0x0020000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433")]
    [InlineData("tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c", "0x5120000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433")]
    [InlineData("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", "0x512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798")]
    public void Addresses_of_bip_350_give_their_scripts(string text, string script)
    {
        var address = SegwitAddress.Parse(text).Value;
        Assert.Equal(script, Hex.Encode(address.ScriptPubKey));
        Assert.Equal(text.ToLowerInvariant(), address.ToString());
    }

    [Theory]
    [InlineData("tc1qw508d6qejxtdg4y5r3zarvary0c5xw7kg3g4ty")]
    [InlineData("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5")]
    [InlineData("BC13W508D6QEJXTDG4Y5R3ZARVARY0C5XW7KN40WF2")]
    [InlineData("bc1rw5uspcuh")]
    [InlineData("bc10w508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kw5rljs90")]
    [InlineData("BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P")]
    [InlineData("tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sL5k7")]
    [InlineData("bc1zw508d6qejxtdg4y5r3zarvaryvqyzf3du")]
    [InlineData("tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3pjxtptv")]
    [InlineData("bc1gmk9yu")]
    [InlineData("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd")]
    [InlineData("tb1z0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqglt7rf")]
    [InlineData("BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL")]
    [InlineData("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh")]
    [InlineData("tb1q0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq24jc47")]
    [InlineData("bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4")]
    [InlineData("BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R")]
    [InlineData("bc1pw5dgrnzv")]
    [InlineData("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav")]
    [InlineData("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf")]
    public void Addresses_that_bip_173_and_bip_350_call_invalid_are_refused(string text) =>
        Assert.Equal(RefusalCode.InputMalformed, SegwitAddress.Parse(text).Refusal!.Code);

    [Fact]
    public void Every_version_and_length_agrees_with_other_libraries()
    {
        foreach (var vector in GeneratedVectors.Read("segwit"))
        {
            var network = vector.Text("hrp") switch { "bc" => BitcoinNetwork.Mainnet, "tb" => BitcoinNetwork.Testnet, _ => BitcoinNetwork.Regtest };
            var version = vector.GetProperty("version").GetByte();
            var created = SegwitAddress.Create(network, version, vector.Bytes("program")).Value;
            Assert.Equal(vector.Text("address"), created.ToString());
            Assert.Equal(created, SegwitAddress.Parse(vector.Text("address")).Value);
        }
    }

    [Fact]
    public void Wrongly_made_addresses_of_other_libraries_are_refused()
    {
        foreach (var vector in GeneratedVectors.Read("segwit-invalid"))
            Assert.True(SegwitAddress.Parse(vector.Text("address")).Refusal is { Code: RefusalCode.InputMalformed }, $"{vector}");
    }

    [Fact]
    public void Addresses_of_keys_agree_with_other_libraries()
    {
        foreach (var vector in GeneratedVectors.Read("bitcoin-addresses"))
        {
            var key = PublicKey.Parse(vector.Bytes("publicKey")).Value;
            Assert.Equal(vector.Bytes("tweakedKey"), TaprootOutput.Of(key.ToXOnly()).Key.Bytes);
            foreach (var network in Enum.GetValues<BitcoinNetwork>())
            {
                var name = network.ToString().ToLowerInvariant();
                Assert.Equal(vector.GetProperty("p2wpkh").Text(name), SegwitAddress.P2wpkh(key, network).ToString());
                Assert.Equal(vector.GetProperty("p2tr").Text(name), SegwitAddress.P2tr(key, network).ToString());
            }
        }
    }

    [Fact]
    public void Addresses_of_other_networks_are_other_addresses()
    {
        var program = new byte[20];
        var all = Enum.GetValues<BitcoinNetwork>().Select(network => SegwitAddress.Create(network, 0, program).Value).ToHashSet();
        Assert.Equal(3, all.Count);
    }
}
