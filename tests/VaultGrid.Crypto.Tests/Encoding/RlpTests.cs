using System.Text.Json;

namespace VaultGrid.Crypto.Tests;

public sealed class RlpTests
{
    [Fact]
    public void Agrees_with_other_libraries_both_ways()
    {
        foreach (var vector in GeneratedVectors.Read("rlp"))
        {
            var encoded = vector.Bytes("encoded");
            Assert.Equal(encoded, Build(vector.GetProperty("value")).Encode());
            var decoded = Rlp.Decode(encoded).Value;
            Assert.Equal(encoded, decoded.Encode());
            AssertSame(vector.GetProperty("value"), decoded);
        }
    }

    [Theory]
    [InlineData("", "nothing")]
    [InlineData("8100", "a prefix before one small byte")]
    [InlineData("817f", "a prefix before one small byte")]
    [InlineData("83abcd", "a cut string")]
    [InlineData("b801ab", "a short length in the long form")]
    [InlineData("b800", "a short length in the long form")]
    [InlineData("b8", "no length")]
    [InlineData("b9ff", "a cut length")]
    [InlineData("bfffffffffffffffff", "a length of 2^64 - 1")]
    [InlineData("bb7fffffff", "a length of 2^31 - 1")]
    [InlineData("ffffffffffffffffff", "a list of 2^64 - 1")]
    [InlineData("c2c1", "a cut list within a list")]
    [InlineData("c28100", "a bad string within a list")]
    [InlineData("f800", "a short list in the long form")]
    [InlineData("f801c0", "a short list in the long form")]
    [InlineData("c182", "a string that runs out of its list")]
    [InlineData("8080", "a second value")]
    [InlineData("c000", "a byte after the list")]
    public void Refuses_what_is_not_canonical(string hex, string why) =>
        Assert.True(Rlp.Decode(Convert.FromHexString(hex)).Refusal is { Code: RefusalCode.InputMalformed }, why);

    [Fact]
    public void A_length_with_a_leading_zero_is_refused_though_all_its_bytes_are_there()
    {
        foreach (var shortPrefix in new byte[] { 0x80, 0xC0 })
        {
            byte[] payload = [.. Enumerable.Repeat((byte)1, 56)];
            var longPrefix = (byte)(shortPrefix + 56);
            Assert.Null(Rlp.Decode([longPrefix, 56, .. payload]).Refusal);
            Assert.Equal(RefusalCode.InputMalformed, Rlp.Decode([(byte)(longPrefix + 1), 0, 56, .. payload]).Refusal!.Code);
            Assert.Equal(RefusalCode.InputMalformed, Rlp.Decode([(byte)(longPrefix + 2), 0, 0, 56, .. payload]).Refusal!.Code);
        }
    }

    [Fact]
    public void Lists_nest_to_the_limit_and_no_deeper()
    {
        Assert.Null(Rlp.Decode(Nested(Rlp.MaxDepth)).Refusal);
        Assert.Equal(RefusalCode.InputMalformed, Rlp.Decode(Nested(Rlp.MaxDepth + 1)).Refusal!.Code);
        // As many lists within lists as the size limit lets in: refused, and no stack overflow.
        Assert.Equal(RefusalCode.InputMalformed, Rlp.Decode(Nested(16_000)).Refusal!.Code);

        // From the inside out: each list holds nothing but the list before.
        static byte[] Nested(int depth)
        {
            var headers = new Stack<byte[]>();
            for (var (made, length) = (0, 0); made < depth; made++)
            {
                byte[] header = length switch
                {
                    <= 55 => [(byte)(0xC0 + length)],
                    <= 255 => [0xF8, (byte)length],
                    _ => [0xF9, (byte)(length >> 8), (byte)length],
                };
                headers.Push(header);
                length += header.Length;
            }

            return [.. headers.SelectMany(header => header)];
        }
    }

    [Fact]
    public void Input_above_the_limit_is_refused_before_it_is_read()
    {
        var fits = RlpItem.Of(new byte[Rlp.MaxLength - 3]).Encode();
        Assert.Equal(Rlp.MaxLength, fits.Length);
        Assert.Null(Rlp.Decode(fits).Refusal);
        Assert.Equal(RefusalCode.InputTooLarge, Rlp.Decode(RlpItem.Of(new byte[Rlp.MaxLength - 2]).Encode()).Refusal!.Code);
    }

    [Fact]
    public void What_was_decoded_does_not_change_with_the_input()
    {
        byte[] input = [0x82, 0xAB, 0xCD];
        var decoded = Rlp.Decode(input).Value;
        input[1] = 0;
        Assert.Equal([0x82, 0xAB, 0xCD], decoded.Encode());
    }

    private static RlpItem Build(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? RlpItem.ListOf(value.EnumerateArray().Select(Build))
        : RlpItem.Of(Convert.FromHexString(value.GetString().AsSpan(2)));

    private static void AssertSame(JsonElement expected, RlpItem actual)
    {
        if (expected.ValueKind == JsonValueKind.String)
        {
            Assert.Equal(expected.GetString(), "0x" + Convert.ToHexStringLower(Assert.IsType<RlpItem.Bytes>(actual).Content.Span));
            return;
        }

        var items = Assert.IsType<RlpItem.List>(actual).Items;
        Assert.Equal(expected.GetArrayLength(), items.Count);
        foreach (var (child, item) in expected.EnumerateArray().Zip(items)) AssertSame(child, item);
    }
}
