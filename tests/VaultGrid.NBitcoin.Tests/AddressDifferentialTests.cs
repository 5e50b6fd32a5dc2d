using NBitcoin;
using VaultGrid.Crypto.Bitcoin;

namespace VaultGrid.NBitcoin.Tests;

/// <summary>Addresses of accounts by BIP-84 and BIP-86, on every network.</summary>
public sealed class AddressDifferentialTests
{
    private const int Cases = 50;

    private static readonly (BitcoinNetwork Ours, Network Theirs)[] Networks =
        [(BitcoinNetwork.Mainnet, Network.Main), (BitcoinNetwork.Testnet, Network.TestNet), (BitcoinNetwork.Regtest, Network.RegTest)];

    private readonly SeededBytes _random = new();

    [Fact]
    public void P2wpkh_addresses_are_the_same_and_each_reads_the_others() =>
        Compare("84'", ScriptPubKeyType.Segwit, SegwitAddress.P2wpkh);

    [Fact]
    public void P2tr_addresses_are_the_same_and_each_reads_the_others() =>
        Compare("86'", ScriptPubKeyType.TaprootBIP86, SegwitAddress.P2tr);

    private void Compare(string purpose, ScriptPubKeyType type, Func<PublicKey, BitcoinNetwork, SegwitAddress> address)
    {
        for (var i = 0; i < Cases; i++)
        {
            using var wallets = Wallets.Of(_random.Next(32));
            using var at = wallets.At($"{purpose}/0'/{_random.NextInt(1000)}'/{_random.NextInt(2)}/{_random.NextInt(100_000)}");
            foreach (var (ourNetwork, theirNetwork) in Networks)
            {
                var ours = address(at.Ours.PublicKey, ourNetwork);
                var theirs = at.Theirs.GetPublicKey().GetAddress(type, theirNetwork);
                Assert.True(theirs.ToString() == ours.ToString(), $"{_random}: NBitcoin {theirs}, ours {ours}");
                Assert.Equal(theirs.ScriptPubKey.ToBytes(), ours.ScriptPubKey);
                Assert.Equal(ours, SegwitAddress.Parse(theirs.ToString()).Value);
                Assert.Equal(theirs, BitcoinAddress.Create(ours.ToString(), theirNetwork));
            }
        }
    }
}
