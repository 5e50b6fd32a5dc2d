using System.Text;

namespace VaultGrid.Crypto.Tests;

public sealed class ExtendedKeyTests
{
    // Of BIP-32, test vector 1.
    private const string Xpub = "xpub661MyMwAqRbcFtXgS5sYJABqqG9YLmC4Q1Rdap9gSE8NqtwybGhePY2gZ29ESFjqJoCu1Rupje8YtGqsefD265TMg7usUDFdp6W1EGMcet8";

    [Theory]
    [InlineData(15), InlineData(65), InlineData(0)]
    public void A_seed_of_another_length_is_refused(int length)
    {
        using var seed = SecretBytes.Take(new byte[length]);
        Assert.Equal(RefusalCode.InputMalformed, ExtendedPrivateKey.FromSeed(seed).Refusal?.Code);
    }

    [Fact]
    public void A_hardened_child_cannot_come_from_a_public_key() =>
        Assert.Equal(RefusalCode.InputUnsupported, ExtendedPublicKey.Parse(Xpub).Value.Derive(DerivationPath.Hardened).Refusal?.Code);

    [Fact]
    public void Any_changed_character_is_refused()
    {
        for (var i = 0; i < Xpub.Length; i++)
        {
            var changed = Xpub.ToCharArray();
            changed[i] = changed[i] == '2' ? '3' : '2';
            Assert.NotNull(ExtendedPublicKey.Parse(new string(changed)).Refusal);
        }
    }

    [Theory]
    [InlineData(null), InlineData(""), InlineData("xpub"), InlineData(Xpub + "1"), InlineData("1" + Xpub)]
    public void Other_text_is_refused(string? text) =>
        Assert.Equal(RefusalCode.InputMalformed, ExtendedPublicKey.Parse(text).Refusal?.Code);

    [Fact]
    public void Text_outside_of_ASCII_is_refused() =>
        Assert.Equal(RefusalCode.InputMalformed, ExtendedPublicKey.Parse(Xpub[..^1] + "\u0138").Refusal?.Code);

    [Fact]
    public void Depth_ends_at_255()
    {
        using var seed = SecretBytes.Random(32);
        var key = ExtendedPrivateKey.FromSeed(seed).Value;
        for (var depth = 0; depth < 255; depth++)
        {
            using var parent = key;
            key = parent.Derive(0).Value;
        }
        using (key)
        {
            Assert.Equal(RefusalCode.InputUnsupported, key.Derive(0).Refusal?.Code);
            Assert.Equal(RefusalCode.InputUnsupported, key.ToPublic().Derive(0).Refusal?.Code);
        }
    }

    [Fact]
    public void The_child_of_a_disposed_key_cannot_be_had()
    {
        using var seed = SecretBytes.Random(32);
        var key = ExtendedPrivateKey.FromSeed(seed).Value;
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.Derive(DerivationPath.Hardened));
        Assert.Throws<ObjectDisposedException>(() => key.PrivateKey.Sign(new byte[32]));
    }

    [Fact]
    public void Private_text_fits_only_its_buffer()
    {
        using var seed = SecretBytes.Random(32);
        using var key = ExtendedPrivateKey.FromSeed(seed).Value;
        Assert.Throws<ArgumentException>(() => key.WriteTextVarTime(new byte[112]));
        Assert.NotNull(ExtendedPrivateKey.ParseVarTime(Encoding.ASCII.GetBytes(Xpub)).Refusal);
    }
}
