using VaultGrid.Crypto.Ethereum;

namespace VaultGrid.Crypto.Tests;

public sealed class EthereumTransactionTests
{
    [Fact]
    public void Unsigned_bytes_and_signing_hash_are_those_of_other_libraries()
    {
        foreach (var vector in TransactionVectors.All)
        {
            var built = TransactionVectors.Build(vector).Checked().Value;
            Assert.Equal(vector.Text("unsigned"), Hex.Encode(built.EncodeUnsigned()));
            Assert.Equal(vector.Text("signingHash"), built.SigningHash.ToString());
        }
    }

    [Fact]
    public void The_unsigned_bytes_of_other_libraries_decode_to_the_same_transaction()
    {
        foreach (var vector in TransactionVectors.All)
        {
            var decoded = EthereumTransaction.DecodeUnsigned(vector.Bytes("unsigned")).Value;
            var built = TransactionVectors.Build(vector);
            Assert.Equal(built.GetType(), decoded.GetType());
            Assert.Equal(built.Nonce, decoded.Nonce);
            Assert.Equal(built.To, decoded.To);
            Assert.Equal(built.Value, decoded.Value);
            Assert.Equal(built.GasLimit, decoded.GasLimit);
            Assert.Equal(built.GasPriceLimit, decoded.GasPriceLimit);
            Assert.Equal(built.ChainNumber, decoded.ChainNumber);
            Assert.Equal(built.Data.ToArray(), decoded.Data.ToArray());
            Assert.Equal(vector.Text("signingHash"), decoded.SigningHash.ToString());
        }
    }

    [Fact]
    public void Signed_bytes_and_transaction_hash_are_those_of_other_libraries()
    {
        foreach (var vector in TransactionVectors.All)
        {
            var transaction = EthereumTransaction.DecodeUnsigned(vector.Bytes("unsigned")).Value;
            var signed = transaction.EncodeSigned(vector.Bytes("r"), vector.Bytes("s"), vector.GetProperty("yParity").GetInt32());
            Assert.Equal(vector.Text("signed"), Hex.Encode(signed));

            var decoded = EthereumTransaction.DecodeSigned(signed).Value;
            Assert.Equal(vector.Text("hash"), decoded.Hash.ToString());
            Assert.Equal(vector.GetProperty("yParity").GetInt32(), decoded.Signature.RecoveryId);
            Assert.Equal(vector.Text("signingHash"), decoded.Transaction.SigningHash.ToString());
            Assert.Equal(vector.Text("sender"), decoded.RecoverSender().Value.ToString());
        }
    }

    [Fact]
    public void Our_own_signature_is_that_of_other_libraries()
    {
        foreach (var vector in TransactionVectors.All)
        {
            using var key = PrivateKey.Take(vector.Bytes("key")).Value;
            var transaction = EthereumTransaction.DecodeUnsigned(vector.Bytes("unsigned")).Value;
            var signature = key.SignDeterministic(transaction.SigningHash.ToArray());
            Assert.Equal(vector.Text("signed"), Hex.Encode(transaction.EncodeSigned(signature)));
        }
    }

    [Fact]
    public void Amounts_in_ether_are_exact()
    {
        foreach (var vector in TransactionVectors.All)
        {
            var ether = EtherAmount.ToEther(TransactionVectors.Build(vector).Value);
            Assert.Equal(vector.Text("ether"), ether.Contains('.', StringComparison.Ordinal) ? ether : ether + ".0");
        }
    }

    [Fact]
    public void A_signed_transaction_is_not_taken_for_an_unsigned_one_nor_the_other_way_round()
    {
        foreach (var vector in TransactionVectors.All)
        {
            Assert.NotNull(EthereumTransaction.DecodeUnsigned(vector.Bytes("signed")).Refusal);
            Assert.NotNull(EthereumTransaction.DecodeSigned(vector.Bytes("unsigned")).Refusal);
        }
    }

    [Fact]
    public void Every_cut_and_every_added_byte_is_refused()
    {
        foreach (var vector in TransactionVectors.All.Take(60))
        {
            var bytes = vector.Bytes("unsigned");
            for (var length = 0; length < bytes.Length; length++) Assert.NotNull(EthereumTransaction.DecodeUnsigned(bytes.AsSpan(0, length)).Refusal);
            Assert.NotNull(EthereumTransaction.DecodeUnsigned([.. bytes, 0]).Refusal);
            Assert.NotNull(EthereumTransaction.DecodeUnsigned([0, .. bytes]).Refusal);
        }
    }

    // The mainnet example of EIP-155 itself.
    [Fact]
    public void The_example_of_eip_155_comes_out()
    {
        var transaction = new Eip155Transaction
        {
            ChainId = 1, Nonce = 9, GasPrice = 20_000_000_000, GasLimit = 21_000, Value = 1_000_000_000_000_000_000,
            To = EthereumAddress.Parse("0x3535353535353535353535353535353535353535").Value,
        };
        Assert.Equal("0xdaf5a779ae972f972197303d7b574746c7ef83eadac0f2791ad23db92e4c8e53", transaction.SigningHash.ToString());
    }

    [Fact]
    public void A_signature_out_of_range_is_a_bug_of_the_caller()
    {
        var transaction = TransactionVectors.Build(TransactionVectors.All[0]);
        var one = UInt256Bytes(1);
        Assert.Throws<ArgumentException>(() => transaction.EncodeSigned(one, new byte[32], 0));
        Assert.Throws<ArgumentException>(() => transaction.EncodeSigned(new byte[32], one, 0));
        Assert.Throws<ArgumentException>(() => transaction.EncodeSigned(one, one, 2));
        Assert.Throws<ArgumentException>(() => transaction.EncodeSigned(one, one, -1));
        Assert.Throws<ArgumentException>(() => transaction.EncodeSigned(one, Convert.FromHexString(HighS), 0));
        Assert.Throws<ArgumentException>(() => transaction.EncodeSigned(EcdsaSignature.FromCompact([.. one, .. one]).Value));
        Assert.Throws<ArgumentException>(() => transaction.EncodeSigned(one, one.AsSpan(1), 0));
    }

    private const string HighS = "7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a1";

    private static byte[] UInt256Bytes(ulong value)
    {
        var bytes = new byte[UInt256.Size];
        ((UInt256)value).WriteBigEndian(bytes);
        return bytes;
    }
}
