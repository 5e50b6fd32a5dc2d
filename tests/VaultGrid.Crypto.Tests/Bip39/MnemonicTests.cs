using System.Text;
using VaultGrid.Testing;

namespace VaultGrid.Crypto.Tests;

public sealed class MnemonicTests
{
    private const string Zeros = "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";

    [Fact]
    public void Every_English_vector_gives_its_words_seed_and_master_key()
    {
        using var file = PublicVectors.Json("bip39/vectors.json");
        var ran = 0;
        foreach (var vector in file.RootElement.GetProperty("english").EnumerateArray())
        {
            var (entropy, sentence, seed, xprv) = (vector[0].GetString()!, vector[1].GetString()!, vector[2].GetString()!, vector[3].GetString()!);
            using var secret = SecretBytes.Take(Convert.FromHexString(entropy));
            using var mnemonic = Mnemonic.FromEntropy(secret).Value;
            using var parsed = Mnemonic.ParseVarTime(Encoding.ASCII.GetBytes(sentence)).Value;

            Assert.Equal(sentence, Encoding.ASCII.GetString(Reveal(mnemonic.ToSentenceVarTime())));
            Assert.Equal(sentence.Split(' ').Length, mnemonic.WordCount);
            Assert.Equal(entropy, Convert.ToHexStringLower(Reveal(parsed.ToEntropy())));

            using var derived = parsed.ToSeed("TREZOR"u8).Value;
            Assert.Equal(seed, Convert.ToHexStringLower(Reveal(derived.Clone())));
            using var master = ExtendedPrivateKey.FromSeed(derived).Value;
            var text = new byte[ExtendedPrivateKey.TextLength];
            master.WriteTextVarTime(text);
            Assert.Equal(xprv, Encoding.ASCII.GetString(text));
            ran++;
        }
        Assert.Equal(24, ran);
    }

    [Fact]
    public void Every_vector_in_another_language_is_refused()
    {
        using var file = PublicVectors.Json("bip39/vectors.json");
        var ran = 0;
        foreach (var language in file.RootElement.EnumerateObject().Where(l => l.Name != "english"))
            foreach (var vector in language.Value.EnumerateArray())
            {
                Assert.Equal(RefusalCode.InputMalformed, Mnemonic.ParseVarTime(Encoding.UTF8.GetBytes(vector[1].GetString()!)).Refusal?.Code);
                ran++;
            }
        Assert.True(ran > 200, $"{ran} ran");
    }

    [Theory]
    [InlineData(""), InlineData("abandon"), InlineData(" " + Zeros), InlineData(Zeros + " "), InlineData(Zeros + " abandon")]
    [InlineData("Abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about")]
    [InlineData("abandon  abandon abandon abandon abandon abandon abandon abandon abandon abandon about")]
    [InlineData("abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon")]
    [InlineData("abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abou")]
    [InlineData("about abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon")]
    [InlineData("abandonabandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about")]
    public void A_wrong_sentence_is_refused(string sentence) =>
        Assert.Equal(RefusalCode.InputMalformed, Mnemonic.ParseVarTime(Encoding.ASCII.GetBytes(sentence)).Refusal?.Code);

    [Fact]
    public void A_refusal_names_the_place_of_a_word_and_never_the_word()
    {
        var refusal = Mnemonic.ParseVarTime(Encoding.ASCII.GetBytes(Zeros.Replace("about", "myword", StringComparison.Ordinal))).Refusal!;
        Assert.Contains("word 12", refusal.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("myword", refusal.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(15), InlineData(17), InlineData(33), InlineData(36)]
    public void Entropy_of_another_length_is_refused(int length)
    {
        using var entropy = SecretBytes.Take(new byte[length]);
        Assert.Equal(RefusalCode.InputMalformed, Mnemonic.FromEntropy(entropy).Refusal?.Code);
    }

    [Theory]
    [InlineData("caf\u00e9"), InlineData("a\n"), InlineData("\u0000")]
    public void A_passphrase_that_may_need_normalising_is_refused(string passphrase)
    {
        using var mnemonic = Mnemonic.ParseVarTime(Encoding.ASCII.GetBytes(Zeros)).Value;
        Assert.Equal(RefusalCode.InputUnsupported, mnemonic.ToSeed(Encoding.UTF8.GetBytes(passphrase)).Refusal?.Code);
    }

    private static byte[] Reveal(SecretBytes secret)
    {
        using (secret)
        {
            var bytes = new byte[secret.Length];
            secret.CopyTo(bytes);
            return bytes;
        }
    }
}
