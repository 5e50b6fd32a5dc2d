using VaultGrid.Crypto.Ethereum;

namespace VaultGrid.Crypto.Tests;

public sealed class TransactionSummaryTests
{
    private const string Token = "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48";
    private const string Other = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
    private const string OtherWord = "0000000000000000000000005aaeb6053f3e94c9b9a09f33669435e7ef1beaed";
    private const string TokenWord = "000000000000000000000000a0b86991c6218b36c1d19d4a2e9eb0ce3606eb48";
    private const string ZeroWord = "0000000000000000000000000000000000000000000000000000000000000000";
    private const string Million = "00000000000000000000000000000000000000000000000000000000000f4240";
    private const string Everything = "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff";

    [Fact]
    public void A_plain_payment_is_told_exactly_and_without_a_warning()
    {
        var payment = new Eip1559Transaction
        {
            ChainId = 11155111, Nonce = 7, To = EthereumAddress.Parse(Other).Value, Value = 1_500_000_000_000_000_001, GasLimit = 21_000,
            MaxFeePerGas = 30_000_000_000, MaxPriorityFeePerGas = 1_000_000_000,
        };
        Assert.Equal(
            $"""
            transaction: type 2 (EIP-1559)
            chain: Sepolia testnet (11155111)
            from: {Token}
            to: {Other}
            value: 1.500000000000000001 ETH
            gas limit: 21000
            max fee per gas: 30 gwei, of which priority at most 1 gwei
            fee at most: 0.00063 ETH
            nonce: 7
            signing hash: {payment.SigningHash}
            """,
            TransactionSummary.Of(payment, EthereumAddress.Parse(Token).Value).ToString());
    }

    [Fact]
    public void A_token_transfer_names_token_recipient_and_amount()
    {
        var summary = Of("a9059cbb" + OtherWord + Million);
        Assert.Equal("ERC-20 transfer", Line(summary, "call"));
        Assert.Equal(Token, Line(summary, "token"));
        Assert.Equal(Other, Line(summary, "token recipient"));
        Assert.StartsWith("1000000 smallest units", Line(summary, "token amount"), StringComparison.Ordinal);
        Assert.Empty(summary.Warnings);
    }

    [Theory]
    [InlineData(Everything)]
    [InlineData("0000000000000000000000000000000100000000000000000000000000000000")]
    public void An_unlimited_approval_is_shouted(string amount)
    {
        var summary = Of("095ea7b3" + OtherWord + amount);
        Assert.StartsWith("UNLIMITED", Line(summary, "allowance"), StringComparison.Ordinal);
        Assert.StartsWith("UNLIMITED APPROVAL: " + Other, Assert.Single(summary.Warnings).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_limited_approval_warns_and_a_withdrawn_one_does_not()
    {
        var limited = Of("095ea7b3" + OtherWord + "00000000000000000000000000000000ffffffffffffffffffffffffffffffff");
        Assert.DoesNotContain("UNLIMITED", limited.ToString(), StringComparison.Ordinal);
        Assert.Single(limited.Warnings);
        Assert.Empty(Of("095ea7b3" + OtherWord + ZeroWord).Warnings);
    }

    [Fact]
    public void TransferFrom_names_both_sides_and_warns()
    {
        var summary = Of("23b872dd" + OtherWord + TokenWord + Million);
        Assert.Equal(Other, Line(summary, "token owner"));
        Assert.Equal(Token, Line(summary, "token recipient"));
        Assert.Equal(2, summary.Warnings.Count); // of another account; into the token contract itself
    }

    [Theory]
    [InlineData("a9059cbb" + "0000000000000000000000015aaeb6053f3e94c9b9a09f33669435e7ef1beaed" + Million)] // dust above the address
    [InlineData("a9059cbb" + "8000000000000000000000005aaeb6053f3e94c9b9a09f33669435e7ef1beaed" + Million)]
    [InlineData("a9059cbb" + OtherWord)]
    [InlineData("a9059cbb" + OtherWord + Million + "00")]
    [InlineData("a9059cbb" + OtherWord + Million + ZeroWord)]
    [InlineData("a9059cbb")]
    [InlineData("095ea7b3" + "ff00000000000000000000005aaeb6053f3e94c9b9a09f33669435e7ef1beaed" + Everything)]
    [InlineData("23b872dd" + OtherWord + "0100000000000000000000005aaeb6053f3e94c9b9a09f33669435e7ef1beaed" + Million)]
    [InlineData("23b872dd" + OtherWord + OtherWord)]
    public void Malformed_token_calls_are_shown_as_opaque_with_a_warning(string data)
    {
        var summary = Of(data);
        var bytes = Convert.FromHexString(data);
        Assert.Equal($"unknown, selector 0x{data[..8]}", Line(summary, "call"));
        Assert.Equal($"{bytes.Length} bytes, Keccak-256 {Hex.Encode(Keccak256.Hash(bytes))}", Line(summary, "data"));
        Assert.Contains("malformed", Assert.Single(summary.Warnings).Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deadbeef", "unknown, selector 0xdeadbeef")]
    [InlineData("a9059c", "unknown, data too short for a selector")]
    public void Other_calls_are_opaque_with_a_warning(string data, string call)
    {
        var summary = Of(data);
        Assert.Equal(call, Line(summary, "call"));
        Assert.Single(summary.Warnings);
    }

    [Fact]
    public void A_contract_creation_is_never_read_as_a_token_call()
    {
        var summary = TransactionSummary.Of(Transaction("a9059cbb" + OtherWord + Million, to: null));
        Assert.Equal("contract creation", Line(summary, "to"));
        Assert.Equal("none: the data is the contract's code", Line(summary, "call"));
        Assert.Contains(summary.Warnings, warning => warning.Value.StartsWith("creates a contract", StringComparison.Ordinal));
    }

    [Fact]
    public void Each_unusual_thing_has_its_warning()
    {
        AssertWarns("together with a call", Transaction("a9059cbb" + OtherWord + Million, value: 1));
        AssertWarns("moves no value", Transaction("", value: 0));
        AssertWarns("zero address: what is sent", Transaction("", to: default(EthereumAddress), value: 1));
        AssertWarns("token recipient is the zero address", Transaction("a9059cbb" + ZeroWord + Million));
        AssertWarns("token contract itself", Transaction("a9059cbb" + TokenWord + Million));
        AssertWarns("no code", Transaction("", to: null));
        AssertWarns("not one of the well-known", Transaction("", value: 1, chain: 424242));
        AssertWarns("whole coin", Transaction("", value: 1, price: 1_000_000_000_000_000));
        AssertWarns("whole coin", Transaction("", value: 1, price: UInt256.MaxValue));
        AssertWarns("below 21000", Transaction("", value: 1, gas: 20_999));
        var unbound = new LegacyTransaction { Nonce = 0, GasPrice = 1, GasLimit = 21_000, To = EthereumAddress.Parse(Other).Value, Value = 1 };
        AssertWarns("bound to no chain", unbound);
        Assert.Equal("any", Line(TransactionSummary.Of(unbound), "chain"));
    }

    [Fact]
    public void The_coin_is_that_of_the_chain()
    {
        Assert.Equal("0.000000000000000001 POL", Line(TransactionSummary.Of(Transaction("", value: 1, chain: 137)), "value"));
        Assert.Equal("0.000000000000000001 coins of the chain", Line(TransactionSummary.Of(Transaction("", value: 1, chain: 424242)), "value"));
    }

    [Fact]
    public void Every_summary_of_every_vector_is_printable_ascii_and_names_the_hash_that_is_signed()
    {
        foreach (var vector in TransactionVectors.All)
        {
            var transaction = EthereumTransaction.DecodeUnsigned(vector.Bytes("unsigned")).Value;
            var summary = TransactionSummary.Of(transaction);
            Assert.All(summary.Lines, line => Assert.DoesNotContain(line.ToString(), c => c is < ' ' or > '~'));
            Assert.Equal(vector.Text("signingHash"), Line(summary, "signing hash"));
            Assert.Equal(vector.IsNull("to") ? "contract creation" : vector.Text("to"), Line(summary, "to"));
            Assert.StartsWith(EtherAmount.ToEther(transaction.Value) + " ", Line(summary, "value"), StringComparison.Ordinal);
        }
    }

    private static TransactionSummary Of(string data) => TransactionSummary.Of(Transaction(data));

    private static string Line(TransactionSummary summary, string label) => Assert.Single(summary.Lines, line => line.Label == label).Value;

    private static void AssertWarns(string what, EthereumTransaction transaction)
    {
        var summary = TransactionSummary.Of(transaction);
        Assert.Contains(summary.Warnings, warning => warning.Value.Contains(what, StringComparison.Ordinal));
        Assert.Equal(summary.Warnings, summary.Lines.TakeLast(summary.Warnings.Count));
    }

    private static Eip155Transaction Transaction(string data, UInt256 value = default, ulong chain = 1, ulong gas = 60_000, UInt256? price = null) =>
        Transaction(data, EthereumAddress.Parse(Token).Value, value, chain, gas, price);

    private static Eip155Transaction Transaction(
        string data, EthereumAddress? to, UInt256 value = default, ulong chain = 1, ulong gas = 60_000, UInt256? price = null) => new()
    {
        ChainId = chain, Nonce = 1, GasPrice = price ?? 1_000_000_000, GasLimit = gas, To = to, Value = value, Data = Convert.FromHexString(data),
    };
}
