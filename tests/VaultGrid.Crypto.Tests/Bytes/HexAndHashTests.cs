using System.Security.Cryptography;
using System.Text;

namespace VaultGrid.Crypto.Tests;

public sealed class HexAndHashTests
{
    [Theory]
    [InlineData("0x"), InlineData("0x00"), InlineData("0x00ff7a")]
    public void Hex_is_written_as_it_is_read(string text) => Assert.Equal(text, Hex.Encode(Hex.Decode(text)));

    [Theory]
    [InlineData(null), InlineData(""), InlineData("0"), InlineData("00"), InlineData("0x0"), InlineData("0X00"), InlineData("0xFF"), InlineData("0x0g"), InlineData("0x 0"), InlineData(" 0x00")]
    public void Any_other_hex_is_refused(string? text)
    {
        Assert.False(Hex.TryDecode(text, out _));
        Assert.False(Hex.TryDecode(text, new byte[1]));
        if (text is not null) Assert.Throws<FormatException>(() => Hex.Decode(text));
    }

    [Fact]
    public void Hex_fills_a_buffer_exactly_or_not_at_all()
    {
        var buffer = new byte[2];
        Assert.True(Hex.TryDecode("0x0102", buffer));
        Assert.Equal([1, 2], buffer);
        Assert.False(Hex.TryDecode("0x03", buffer));
        Assert.False(Hex.TryDecode("0x030405", buffer));
        Assert.Equal([1, 2], buffer);
    }

    [Fact]
    public void A_tagged_hash_is_over_tag_zero_and_body()
    {
        var statement = Tagged.Statement("approve", "body"u8);
        Assert.Equal(Encoding.ASCII.GetBytes("VaultGrid/v1/approve\0body"), statement);
        Assert.Equal(SHA256.HashData(statement), Hash256.Of("approve", "body"u8).ToArray());
        Assert.NotEqual(Hash256.Of("a", "bc"u8), Hash256.Of("ab", "c"u8));
        Assert.NotEqual(Hash256.Of("a", []), Hash256.Sha256([]));
    }

    [Theory]
    [InlineData(""), InlineData("Approve"), InlineData("a b"), InlineData("a\0"), InlineData("a/b")]
    public void A_tag_has_one_form(string what) => Assert.ThrowsAny<ArgumentException>(() => Tagged.Statement(what, []));

    [Fact]
    public void A_hash_is_its_bytes()
    {
        var bytes = SHA256.HashData("x"u8);
        var hash = new Hash256(bytes);
        Assert.Equal(Hash256.Sha256("x"u8), hash);
        Assert.Equal(hash, Hash256.Parse(hash.ToString()));
        Assert.Equal(bytes, hash.AsSpan());
        Assert.Equal(hash.GetHashCode(), new Hash256(bytes).GetHashCode());
        for (var i = 0; i < Hash256.Length; i++)
        {
            var changed = (byte[])bytes.Clone();
            changed[i] ^= 1;
            Assert.NotEqual(hash, new Hash256(changed));
        }
        Assert.False(Hash256.TryParse(hash.ToString()[..^2], out _));
        Assert.False(Hash256.TryParse(hash.ToString() + "00", out _));
        Assert.Throws<ArgumentException>(() => new Hash256(new byte[31]));
        Assert.Throws<FormatException>(() => Hash256.Parse("0x"));
    }

    [Fact]
    public void Public_bytes_are_equal_when_length_and_bytes_are()
    {
        Assert.True(PublicBytes.Equal([1, 2], [1, 2]));
        Assert.False(PublicBytes.Equal([1, 2], [1, 3]));
        Assert.False(PublicBytes.Equal([1, 2], [1]));
    }
}
