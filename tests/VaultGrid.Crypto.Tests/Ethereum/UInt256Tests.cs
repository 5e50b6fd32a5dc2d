using System.Numerics;
using VaultGrid.Crypto.Ethereum;

namespace VaultGrid.Crypto.Tests;

public sealed class UInt256Tests
{
    private static readonly BigInteger Limit = BigInteger.One << 256;

    /// <summary>Every sum of at most two of 2^k, 2^k − 1 around the limbs' edges: where carries go wrong.</summary>
    private static readonly BigInteger[] Edges =
    [
        .. from bits in new[] { 0, 1, 4, 63, 64, 65, 127, 128, 129, 191, 192, 193, 255, 256 }
           from offset in new[] { -2, -1, 0, 1, 2 }
           let value = (BigInteger.One << bits) + offset
           where value >= 0 && value < Limit
           select value,
        .. from power in Enumerable.Range(0, 78) select BigInteger.Pow(10, power),
    ];

    [Fact]
    public void Text_and_bytes_are_those_of_big_integer()
    {
        foreach (var value in Edges)
        {
            var number = From(value);
            Assert.Equal(value.ToString(), number.ToString());
            Assert.Equal(value.IsZero ? [] : value.ToByteArray(isUnsigned: true, isBigEndian: true), number.ToMinimalBigEndian());
            Assert.True(UInt256.TryParse(value.ToString(), out var parsed));
            Assert.Equal(number, parsed);
            Assert.Equal(value <= ulong.MaxValue, number.TryToUInt64(out var small));
            if (value <= ulong.MaxValue) Assert.Equal((ulong)value, small);
        }
    }

    [Fact]
    public void Sums_and_order_are_those_of_big_integer()
    {
        foreach (var left in Edges)
        {
            foreach (var right in Edges)
            {
                Assert.Equal(left + right < Limit, From(left).TryAdd(From(right), out var sum));
                if (left + right < Limit) Assert.Equal(From(left + right), sum);
                Assert.Equal(left.CompareTo(right), Math.Sign(From(left).CompareTo(From(right))));
            }
        }
    }

    [Fact]
    public void Products_are_those_of_big_integer()
    {
        foreach (var left in Edges)
        {
            foreach (var right in Edges.Where(edge => edge <= ulong.MaxValue))
            {
                Assert.Equal(left * right < Limit, From(left).TryMultiply((ulong)right, out var product));
                if (left * right < Limit) Assert.Equal(From(left * right), product);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("00")]
    [InlineData("01")]
    [InlineData("1.0")]
    [InlineData("1e3")]
    [InlineData("0x1")]
    [InlineData("٣")]
    [InlineData("115792089237316195423570985008687907853269984665640564039457584007913129639936")]
    [InlineData("999999999999999999999999999999999999999999999999999999999999999999999999999999")]
    [InlineData("1157920892373161954235709850086879078532699846656405640394575840079131296399350")]
    public void Text_that_is_no_canonical_number_is_refused(string? text) => Assert.False(UInt256.TryParse(text, out _));

    [Theory]
    [InlineData("0", "0", "0")]
    [InlineData("1", "0.000000000000000001", "0.000000001")]
    [InlineData("1500000000000000000", "1.5", "1500000000")]
    [InlineData("1000000000000000000", "1", "1000000000")]
    [InlineData("30000000000", "0.00000003", "30")]
    [InlineData("100000000000000000001", "100.000000000000000001", "100000000000.000000001")]
    public void Amounts_are_written_exactly(string wei, string ether, string gwei)
    {
        Assert.True(UInt256.TryParse(wei, out var amount));
        Assert.Equal(ether, EtherAmount.ToEther(amount));
        Assert.Equal(gwei, EtherAmount.ToGwei(amount));
    }

    [Fact]
    public void More_than_32_bytes_are_a_bug_of_the_caller() => Assert.Throws<ArgumentException>(() => UInt256.FromBigEndian(new byte[33]));

    private static UInt256 From(BigInteger value) => UInt256.FromBigEndian(value.ToByteArray(isUnsigned: true, isBigEndian: true));
}
