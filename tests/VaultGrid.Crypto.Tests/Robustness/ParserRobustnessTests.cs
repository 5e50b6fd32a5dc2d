using VaultGrid.Crypto.Bitcoin;
using VaultGrid.Crypto.Ethereum;

namespace VaultGrid.Crypto.Tests;

/// <summary>
/// Parsers of input from outside, on random and damaged input: each answers with a value or a refusal, never an exception, and whatever it accepts
/// it writes again as it was read, so no value has two encodings.
/// </summary>
public sealed class ParserRobustnessTests
{
    private const int Rounds = 30_000;

    private readonly Mutations _mutations = new();

    [Fact]
    public void Rlp_accepts_only_what_it_writes()
    {
        var good = GeneratedVectors.Read("rlp").Select(vector => vector.Bytes("encoded")).ToArray();
        Run(good, bytes => Rlp.Decode(bytes).Is(out var item, out _) ? item.Encode() : null);
    }

    [Fact]
    public void Unsigned_transactions_are_accepted_only_as_they_are_written()
    {
        var good = TransactionVectors.All.Select(vector => vector.Bytes("unsigned")).ToArray();
        Run(good, bytes =>
        {
            if (!EthereumTransaction.DecodeUnsigned(bytes).Is(out var transaction, out _)) return null;
            Assert.DoesNotContain(TransactionSummary.Of(transaction).ToString(), c => c is (< ' ' or > '~') and not '\n');
            return transaction.EncodeUnsigned();
        });
    }

    [Fact]
    public void Signed_transactions_are_accepted_only_as_they_are_written()
    {
        var good = TransactionVectors.All.Select(vector => vector.Bytes("signed")).ToArray();
        Run(good, bytes =>
        {
            if (!EthereumTransaction.DecodeSigned(bytes).Is(out var signed, out _)) return null;
            _ = signed.RecoverSender(); // a key or a refusal
            return signed.Encoded.ToArray();
        });
    }

    [Fact]
    public void Segwit_addresses_are_accepted_only_as_they_are_written()
    {
        var good = GeneratedVectors.Read("segwit").Select(vector => vector.Text("address")).ToArray();
        Run(good, "1bcqpzry9x8gf2tvdw0s3jn54khce6mua7lBQP \u212a\u00e9", text =>
            SegwitAddress.Parse(text).Is(out var address, out _)
                ? text.Any(char.IsAsciiLetterUpper) ? address.ToString().ToUpperInvariant() : address.ToString()
                : null);
    }

    [Fact]
    public void Ethereum_addresses_are_accepted_only_with_their_checksum_or_without_any()
    {
        string[] good = [.. GeneratedVectors.Read("addresses").Select(vector => vector.Text("address"))];
        Run([.. good, .. good.Select(text => text.ToLowerInvariant())], "0123456789abcdefABCDEFxX \u0660\uff10", text =>
        {
            if (!EthereumAddress.Parse(text).Is(out var address, out _)) return null;
            return text.Any(char.IsAsciiLetterUpper) ? address.ToString() : address.ToString().ToLowerInvariant();
        });
    }

    [Fact]
    public void Decimal_amounts_are_accepted_only_as_they_are_written()
    {
        string[] good = [.. TransactionVectors.All.Select(vector => vector.Text("value"))];
        Run(good, "0123456789+-. e\u0663", text => UInt256.TryParse(text, out var value) ? value.ToString() : null);
    }

    private void Run(byte[][] good, Func<byte[], byte[]?> roundTrip)
    {
        var accepted = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var input = round % 10 == 0 ? _mutations.Random(200) : _mutations.Of(_mutations.Pick(good), _mutations.Pick(good));
            if (Try(input, roundTrip, Convert.ToHexString(input)) is not { } output) continue;
            accepted++;
            Assert.True(output.AsSpan().SequenceEqual(input), $"{_mutations}: {Convert.ToHexString(input)} became {Convert.ToHexString(output)}");
        }

        Assert.True(accepted is > 0 and < Rounds, $"{_mutations}: {accepted} of {Rounds} accepted, so this tried nothing");
    }

    private void Run(string[] good, string alphabet, Func<string, string?> roundTrip)
    {
        foreach (var text in good) Assert.Equal(text, roundTrip(text));
        for (var round = 0; round < Rounds; round++)
        {
            var input = _mutations.Of(_mutations.Pick(good), alphabet);
            if (Try(input, roundTrip, input) is { } output) Assert.True(output == input, $"{_mutations}: '{input}' became '{output}'");
        }
    }

    private TOut Try<TIn, TOut>(TIn input, Func<TIn, TOut> call, string shown)
    {
        try
        {
            return call(input);
        }
        catch (Exception e) when (e is not Xunit.Sdk.IAssertionException)
        {
            throw new InvalidOperationException($"{_mutations}: {shown}", e);
        }
    }
}
