using NBitcoin;
using NBitcoin.Crypto;
using VaultGrid.Crypto.Bitcoin;

namespace VaultGrid.NBitcoin.Tests;

/// <summary>A PSBT (BIP-174, BIP-371) that NBitcoin made is signed with keys of ours; NBitcoin finalises it and runs the scripts.</summary>
public sealed class PsbtTests
{
    private const int Cases = 20;
    private static readonly Network Chain = Network.RegTest;
    private readonly SeededBytes _random = new();

    [Fact]
    public void A_psbt_that_spends_p2wpkh_signed_with_a_derived_key_is_valid()
    {
        for (var i = 0; i < Cases; i++)
        {
            using var wallets = Wallets.Of(_random.Next(32));
            using var at = wallets.At($"84'/1'/0'/0/{_random.NextInt(1000)}");
            var coin = Fund(SegwitAddress.P2wpkh(at.Ours.PublicKey, BitcoinNetwork.Regtest));
            var (psbt, input) = Spend(coin);

            var signature = at.Ours.PrivateKey.Sign(SignatureHash(input.GetSignatureHash(SigHash.All, null)));
            input.PartialSigs.Add(new PubKey(at.Ours.PublicKey.Compressed.ToArray()), new TransactionSignature(ECDSASignature.FromDER(signature.ToDer()), SigHash.All));
            Spends(psbt, coin);
        }
    }

    [Fact]
    public void A_psbt_that_spends_p2tr_by_its_key_signed_with_a_tweaked_key_is_valid()
    {
        for (var i = 0; i < Cases; i++)
        {
            using var wallets = Wallets.Of(_random.Next(32));
            using var at = wallets.At($"86'/1'/0'/0/{_random.NextInt(1000)}");
            var output = TaprootOutput.Of(at.Ours.PublicKey.ToXOnly());
            var coin = Fund(SegwitAddress.P2tr(output, BitcoinNetwork.Regtest));
            var (psbt, input) = Spend(coin);

            using var pair = SchnorrKeyPair.Tweaked(at.Ours.PrivateKey, output.Tweak.AsSpan()).Value;
            input.TaprootInternalKey = new TaprootInternalPubKey(at.Ours.PublicKey.ToXOnly().Bytes);
            var hash = input.GetSignatureHash(TaprootSigHash.Default, psbt.PrecomputeTransactionData());
            input.TaprootKeySignature = new TaprootSignature(new SchnorrSignature(pair.Sign(SignatureHash(hash))), TaprootSigHash.Default);
            Spends(psbt, coin);
        }
    }

    [Fact]
    public void A_psbt_signed_with_the_key_of_another_path_is_refused()
    {
        using var wallets = Wallets.Of(_random.Next(32));
        using var right = wallets.At("84'/1'/0'/0/0");
        using var wrong = wallets.At("84'/1'/0'/0/1");
        var coin = Fund(SegwitAddress.P2wpkh(right.Ours.PublicKey, BitcoinNetwork.Regtest));
        var (psbt, input) = Spend(coin);
        var signature = wrong.Ours.PrivateKey.Sign(SignatureHash(input.GetSignatureHash(SigHash.All, null)));
        input.PartialSigs.Add(new PubKey(right.Ours.PublicKey.Compressed.ToArray()), new TransactionSignature(ECDSASignature.FromDER(signature.ToDer()), SigHash.All));
        Assert.False(psbt.TryFinalize(out _), _random.ToString());
    }

    private Coin Fund(SegwitAddress address)
    {
        var funding = Chain.CreateTransaction();
        funding.Inputs.Add(new OutPoint(new uint256(_random.Next(32)), 0));
        funding.Outputs.Add(Money.Satoshis(100_000 + _random.NextInt(1_000_000)), Script.FromBytesUnsafe(address.ScriptPubKey));
        return new Coin(funding, 0);
    }

    private (PSBT Psbt, PSBTInput Input) Spend(Coin coin)
    {
        var spend = Chain.CreateTransaction();
        spend.Inputs.Add(coin.Outpoint);
        spend.Outputs.Add(coin.Amount - Money.Satoshis(1000), Script.FromBytesUnsafe(SegwitAddress.Create(BitcoinNetwork.Regtest, 0, _random.Next(20)).Value.ScriptPubKey));
        var psbt = PSBT.FromTransaction(spend, Chain).AddCoins(coin);
        return (psbt, psbt.Inputs[0]);
    }

    private void Spends(PSBT psbt, Coin coin)
    {
        Assert.True(psbt.TryFinalize(out var errors), $"{_random}: {string.Join("; ", errors ?? [])}");
        var spend = psbt.ExtractTransaction();
        var valid = spend.Inputs.FindIndexedInput(0).VerifyScript(coin, ScriptVerify.Standard, spend.PrecomputeTransactionData([coin.TxOut]), out var error);
        Assert.True(valid, $"{_random}: {error}");
    }

    // uint256 prints its bytes backwards; signatures take them as they were hashed.
    private static byte[] SignatureHash(uint256 hash) => hash.ToBytes();
}
