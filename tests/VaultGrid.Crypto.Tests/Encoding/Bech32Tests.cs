namespace VaultGrid.Crypto.Tests;

/// <summary>The vectors of BIP-173 and BIP-350 for the bare encoding, and its rules one by one.</summary>
public sealed class Bech32Tests
{
    private static readonly string Zeros = new('q', 82);
    private static readonly string Ones = new('l', 82);

    public static TheoryData<string, Bech32Variant> Valid => new()
    {
        { "A12UEL5L", Bech32Variant.Bech32 },
        { "a12uel5l", Bech32Variant.Bech32 },
        { "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs", Bech32Variant.Bech32 },
        { "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw", Bech32Variant.Bech32 },
        { $"11{Zeros}c8247j", Bech32Variant.Bech32 },
        { "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w", Bech32Variant.Bech32 },
        { "?1ezyfcl", Bech32Variant.Bech32 },
        { "A1LQFN3A", Bech32Variant.Bech32m },
        { "a1lqfn3a", Bech32Variant.Bech32m },
        { "an83characterlonghumanreadablepartthatcontainsthetheexcludedcharactersbioandnumber11sg7hg6", Bech32Variant.Bech32m },
        { "abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx", Bech32Variant.Bech32m },
        { $"11{Ones}ludsr8", Bech32Variant.Bech32m },
        { "split1checkupstagehandshakeupstreamerranterredcaperredlc445v", Bech32Variant.Bech32m },
        { "?1v759aa", Bech32Variant.Bech32m },
    };

    [Theory, MemberData(nameof(Valid))]
    public void Published_texts_are_read_and_written_again(string text, Bech32Variant variant)
    {
        var parts = Bech32.Decode(text).Value;
        Assert.Equal(variant, parts.Variant);
        Assert.Equal(text.ToLowerInvariant(), Bech32.Encode(parts.Prefix, parts.Words.Span, parts.Variant));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("\u00201nwldj5")]
    [InlineData("\u007f1axkwrx")]
    [InlineData("\u00801eym55h")]
    [InlineData("an84characterslonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1569pvx")]
    [InlineData("pzry9x0s0muk")]
    [InlineData("1pzry9x0s0muk")]
    [InlineData("x1b4n0q5v")]
    [InlineData("li1dgmt3")]
    [InlineData("de1lg7wt\u00ff")]
    [InlineData("A1G7SGD8")]
    [InlineData("10a06t8")]
    [InlineData("1qzzfhee")]
    [InlineData("qyrz8wqd2c9m")]
    [InlineData("1qyrz8wqd2c9m")]
    [InlineData("y1b0jsk6g")]
    [InlineData("lt1igcx5c0")]
    [InlineData("in1muywd")]
    [InlineData("mm1crxm3i")]
    [InlineData("au1s5cgom")]
    [InlineData("M1VUXWEZ")]
    [InlineData("16plkw9")]
    [InlineData("1p2gdwpf")]
    [InlineData("a12uEl5l")]
    [InlineData("A12uel5l")]
    [InlineData("abcdef1qpzry9x8gf2tvdw0s3jn54\u212ahce6mua7lmqqqxw")] // the Kelvin sign, which is k in lower case
    public void Other_texts_are_refused(string? text) => Assert.Equal(RefusalCode.InputMalformed, Bech32.Decode(text).Refusal!.Code);

    [Fact]
    public void One_two_three_or_four_wrong_characters_are_always_found()
    {
        const string Text = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
        const string Alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
        const int Seed = 173;
        var random = new Random(Seed);
        for (var round = 0; round < 20_000; round++)
        {
            var changed = Text.ToCharArray();
            foreach (var position in Enumerable.Range(3, Text.Length - 3).OrderBy(_ => random.Next()).Take(random.Next(1, 5)))
                changed[position] = Alphabet[(Alphabet.IndexOf(changed[position], StringComparison.Ordinal) + random.Next(1, 32)) % 32];

            // It could fit the other variant by chance (2^-30); the variant tells.
            var read = Bech32.Decode(new string(changed));
            Assert.True(read.Refusal is not null || read.Value.Variant != Bech32Variant.Bech32, $"seed {Seed}, round {round}");
        }
    }

    [Fact]
    public void What_cannot_be_written_is_a_bug_of_the_caller()
    {
        Assert.Throws<ArgumentException>(() => Bech32.Encode("", [], Bech32Variant.Bech32));
        Assert.Throws<ArgumentException>(() => Bech32.Encode("A", [], Bech32Variant.Bech32));
        Assert.Throws<ArgumentException>(() => Bech32.Encode("a b", [], Bech32Variant.Bech32));
        Assert.Throws<ArgumentException>(() => Bech32.Encode("a", [32], Bech32Variant.Bech32));
        Assert.Throws<ArgumentException>(() => Bech32.Encode("a", new byte[83], Bech32Variant.Bech32));
        Assert.Throws<ArgumentOutOfRangeException>(() => Bech32.Encode("a", [], (Bech32Variant)2));
    }
}
