using System.Text;

namespace VaultGrid.Crypto.Tests;

public sealed class Ripemd160Tests
{
    // The examples of the designers' own page.
    [Theory]
    [InlineData("", "9c1185a5c5e9fc54612808977ee8f548b2258d31")]
    [InlineData("a", "0bdc9d2d256b3ee9daae347be6f4dc835a467ffe")]
    [InlineData("abc", "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc")]
    [InlineData("message digest", "5d0689ef49d2fae572b881b123a85ffa21595f36")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "12a053384a9c0c88e405a06c27dcf49ada62eb2b")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "b0e20b6e3116640286ed3a87a5713079b21f5189")]
    public void Matches_the_published_examples(string text, string digest) => Assert.Equal(digest, Digest(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void A_million_letters_give_the_published_digest() =>
        Assert.Equal("52783243c1697bdbe16d37f97f68f08325dc1528", Digest([.. Enumerable.Repeat((byte)'a', 1_000_000)]));

    [Fact]
    public void A_short_destination_is_a_bug_of_the_caller() =>
        Assert.Throws<ArgumentException>(() => Ripemd160.Hash([], new byte[19]));

    private static string Digest(byte[] data)
    {
        var digest = new byte[Ripemd160.Size];
        Ripemd160.Hash(data, digest);
        return Convert.ToHexStringLower(digest);
    }
}
