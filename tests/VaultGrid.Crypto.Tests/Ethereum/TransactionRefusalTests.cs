using VaultGrid.Crypto.Ethereum;

namespace VaultGrid.Crypto.Tests;

/// <summary>Transactions that are wrong in one field each, made with our own RLP writer.</summary>
public sealed class TransactionRefusalTests
{
    private static readonly RlpItem Address = RlpItem.Of(Enumerable.Repeat((byte)0x35, 20).ToArray());
    private static readonly RlpItem Empty = RlpItem.Of(ReadOnlySpan<byte>.Empty);
    private static readonly RlpItem LeadingZero = RlpItem.Of([0, 1]);
    private static readonly RlpItem ZeroByte = RlpItem.Of([0]);
    private static readonly RlpItem TooWide = RlpItem.Of([1, .. new byte[32]]);
    private static readonly RlpItem AboveUInt64 = RlpItem.Of([1, .. new byte[8]]);
    private static readonly RlpItem List = RlpItem.ListOf();

    private static RlpItem[] Good1559 => [N(1), N(2), N(3), N(4), N(21_000), Address, N(5), Empty, List];

    private static RlpItem[] Good155 => [N(2), N(3), N(21_000), Address, N(5), Empty, N(1), Empty, Empty];

    [Fact]
    public void The_good_ones_are_good()
    {
        Assert.Null(Decode(2, Good1559).Refusal);
        Assert.Null(Decode(null, Good155).Refusal);
        Assert.Null(Decode(null, Good155[..6]).Refusal);
    }

    [Fact]
    public void Numbers_with_a_leading_zero_too_wide_or_lists_are_refused_in_every_place()
    {
        foreach (var field in new[] { 0, 1, 2, 3, 4, 6 })
            foreach (var bad in new[] { LeadingZero, ZeroByte, TooWide, List })
                AssertMalformed(Decode(2, With(Good1559, field, bad)), $"field {field}");
        foreach (var field in new[] { 0, 1, 2, 4, 6, 7, 8 })
            foreach (var bad in new[] { LeadingZero, ZeroByte, TooWide, List })
                AssertMalformed(Decode(null, With(Good155, field, bad)), $"field {field}");
        // Refused where it is read, with the reason, not only by the comparison with the canonical encoding at the end.
        Assert.Contains("leading zero", Decode(2, With(Good1559, 6, LeadingZero)).Refusal!.Detail, StringComparison.Ordinal);
        foreach (var field in new[] { 0, 1, 4 }) AssertMalformed(Decode(2, With(Good1559, field, AboveUInt64)), $"field {field}");
    }

    [Fact]
    public void The_recipient_has_20_bytes_or_none()
    {
        foreach (var length in new[] { 1, 19, 21, 32 })
            AssertMalformed(Decode(2, With(Good1559, 5, RlpItem.Of(Enumerable.Repeat((byte)1, length).ToArray()))), $"{length} bytes");
        AssertMalformed(Decode(2, With(Good1559, 5, List)), "a list");
        Assert.Null(Decode(2, With(Good1559, 5, Empty)).Value.To);
    }

    [Fact]
    public void An_access_list_has_its_exact_shape()
    {
        var key = RlpItem.Of(new byte[32]);
        Assert.Null(Decode(2, With(Good1559, 8, RlpItem.ListOf(RlpItem.ListOf(Address, RlpItem.ListOf(key, key))))).Refusal);
        RlpItem[] bad =
        [
            Empty,
            RlpItem.ListOf(Address),
            RlpItem.ListOf(RlpItem.ListOf(Address)),
            RlpItem.ListOf(RlpItem.ListOf(Address, key)),
            RlpItem.ListOf(RlpItem.ListOf(Address, List, List)),
            RlpItem.ListOf(RlpItem.ListOf(key, List)),
            RlpItem.ListOf(RlpItem.ListOf(Empty, List)),
            RlpItem.ListOf(RlpItem.ListOf(List, List)),
            RlpItem.ListOf(RlpItem.ListOf(Address, RlpItem.ListOf(Address))),
            RlpItem.ListOf(RlpItem.ListOf(Address, RlpItem.ListOf(List))),
        ];
        foreach (var list in bad) AssertMalformed(Decode(2, With(Good1559, 8, list)), Hex.Encode(list.Encode()));
    }

    [Fact]
    public void A_field_too_many_or_too_few_is_refused()
    {
        AssertMalformed(Decode(2, Good1559[..8]), "8 fields");
        AssertMalformed(Decode(2, [.. Good1559, Empty]), "10 fields");
        AssertMalformed(Decode(1, Good1559), "9 fields in type 1");
        foreach (var count in new[] { 0, 1, 5, 7, 8 }) AssertMalformed(Decode(null, Good155[..count]), $"{count} fields");
        AssertMalformed(Decode(null, [.. Good155, Empty]), "10 fields");
    }

    [Fact]
    public void An_unsigned_eip_155_transaction_ends_in_zeros()
    {
        AssertMalformed(Decode(null, With(Good155, 7, N(1))), "r");
        AssertMalformed(Decode(null, With(Good155, 8, N(1))), "s");
    }

    [Fact]
    public void Rules_that_every_chain_has_are_kept()
    {
        AssertMalformed(Decode(2, With(Good1559, 0, Empty)), "chain 0");
        AssertMalformed(Decode(null, With(Good155, 6, Empty)), "chain 0");
        AssertMalformed(Decode(2, With(Good1559, 0, N(EthereumChain.MaxNumber + 1))), "chain above the limit");
        Assert.Null(Decode(null, With(Good155, 6, N(EthereumChain.MaxNumber))).Refusal);
        AssertMalformed(Decode(2, With(Good1559, 1, N(ulong.MaxValue))), "the last nonce");
        AssertMalformed(Decode(2, With(Good1559, 2, N(5))), "tip above the fee");
        Assert.Null(Decode(2, With(Good1559, 2, N(4))).Refusal);
    }

    [Fact]
    public void Other_types_are_refused_as_such()
    {
        foreach (var type in Enumerable.Range(0, 0x80).Where(type => type is not (1 or 2)))
            Assert.Equal(RefusalCode.InputUnsupported, Decode((byte)type, Good1559).Refusal!.Code);
        foreach (var first in Enumerable.Range(0x80, 0x40)) AssertMalformed(Decode((byte)first, Good1559), $"{first:x2}");
    }

    [Fact]
    public void A_transaction_above_the_limit_is_refused()
    {
        var large = With(Good1559, 7, RlpItem.Of(new byte[EthereumTransaction.MaxLength]));
        Assert.Equal(RefusalCode.InputTooLarge, Decode(2, large).Refusal!.Code);
        var fits = With(Good1559, 7, RlpItem.Of(new byte[EthereumTransaction.MaxLength - 64]));
        Assert.Null(Decode(2, fits).Refusal);
    }

    [Fact]
    public void Signatures_out_of_range_are_refused()
    {
        var half = Convert.FromHexString("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0");
        var order = Convert.FromHexString("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");
        byte[] aboveHalf = [.. half[..31], 0xa1];

        Assert.Null(Signed(N(0), N(1), RlpItem.Of(half)).Refusal);
        AssertMalformed(Signed(N(0), N(1), RlpItem.Of(aboveHalf)), "a high s (EIP-2)");
        AssertMalformed(Signed(N(0), N(1), RlpItem.Of(order)), "s = n");
        AssertMalformed(Signed(N(0), RlpItem.Of(order), N(1)), "r = n");
        AssertMalformed(Signed(N(0), N(0), N(1)), "r = 0");
        AssertMalformed(Signed(N(0), N(1), N(0)), "s = 0");
        AssertMalformed(Signed(N(2), N(1), N(1)), "parity 2");
        AssertMalformed(Signed(N(0), RlpItem.Of([0, 1]), N(1)), "a leading zero");
        AssertMalformed(Signed(N(0), RlpItem.Of(new byte[33]), N(1)), "33 bytes");
    }

    [Fact]
    public void V_of_a_legacy_transaction_is_27_28_or_at_least_37()
    {
        foreach (var v in Enumerable.Range(0, 60).Select(v => (ulong)v))
        {
            var decoded = EthereumTransaction.DecodeSigned(RlpItem.ListOf([.. Good155[..6], N(v), N(1), N(1)]).Encode());
            if (v is 27 or 28) Assert.IsType<LegacyTransaction>(decoded.Value.Transaction);
            else if (v >= 37) Assert.Equal((v - 35) / 2, decoded.Value.Transaction.ChainNumber);
            else AssertMalformed(decoded, $"v = {v}");
        }

        AssertMalformed(EthereumTransaction.DecodeSigned(RlpItem.ListOf([.. Good155[..6], N(ulong.MaxValue), N(1), N(1)]).Encode()), "v = 2^64 - 1");
        AssertMalformed(EthereumTransaction.DecodeSigned(RlpItem.ListOf([.. Good155[..6], AboveUInt64, N(1), N(1)]).Encode()), "v = 2^64");
    }

    private static RlpItem N(ulong value) => RlpItem.Of((UInt256)value);

    private static RlpItem[] With(RlpItem[] fields, int index, RlpItem value)
    {
        fields[index] = value;
        return fields;
    }

    private static Outcome<EthereumTransaction> Decode(byte? type, RlpItem[] fields)
    {
        var list = RlpItem.ListOf(fields).Encode();
        return EthereumTransaction.DecodeUnsigned(type is { } first ? [first, .. list] : list);
    }

    private static Outcome<SignedEthereumTransaction> Signed(RlpItem parity, RlpItem r, RlpItem s) =>
        EthereumTransaction.DecodeSigned([2, .. RlpItem.ListOf([.. Good1559, parity, r, s]).Encode()]);

    private static void AssertMalformed<T>(Outcome<T> outcome, string what)
        where T : notnull =>
        Assert.True(outcome.Refusal is { Code: RefusalCode.TransactionMalformed }, $"{what}: {outcome.Refusal?.ToString() ?? "accepted"}");
}
