using System.Text;
using NBitcoin;

namespace VaultGrid.NBitcoin.Tests;

/// <summary>BIP-39: words and seeds.</summary>
public sealed class Bip39DifferentialTests
{
    private const int Cases = 40;
    private readonly SeededBytes _random = new();

    [Fact]
    public void Sentences_and_seeds_of_random_entropy_are_the_same()
    {
        for (var i = 0; i < Cases; i++)
        {
            var entropy = _random.Next(16 + (4 * _random.NextInt(5)));
            var passphrase = new string([.. _random.Next(_random.NextInt(20)).Select(value => (char)(0x20 + (value % 0x5f)))]);
            var theirs = new global::NBitcoin.Mnemonic(Wordlist.English, entropy);

            using var secret = SecretBytes.Take(entropy);
            using var ours = VaultGrid.Crypto.Mnemonic.FromEntropy(secret).Value;
            using var sentence = ours.ToSentenceVarTime();
            Same(theirs.ToString(), Encoding.ASCII.GetString(Public(sentence)));
            using var seed = ours.ToSeed(Encoding.ASCII.GetBytes(passphrase)).Value;
            Same(Convert.ToHexString(theirs.DeriveSeed(passphrase)), Convert.ToHexString(Public(seed)));
        }
    }

    [Fact]
    public void Each_reads_the_others_sentence_and_both_refuse_one_with_a_wrong_word()
    {
        for (var i = 0; i < Cases; i++)
        {
            var theirs = new global::NBitcoin.Mnemonic(Wordlist.English, _random.Next(32));
            using var ours = VaultGrid.Crypto.Mnemonic.ParseVarTime(Encoding.ASCII.GetBytes(theirs.ToString())).Value;
            Assert.Equal(24, ours.WordCount);

            var words = theirs.Words.ToArray();
            words[_random.NextInt(words.Length)] = Wordlist.English.GetWords()[_random.NextInt(2048)];
            var changed = string.Join(' ', words);
            var valid = new global::NBitcoin.Mnemonic(changed, Wordlist.English).IsValidChecksum;
            var read = VaultGrid.Crypto.Mnemonic.ParseVarTime(Encoding.ASCII.GetBytes(changed));
            Assert.True(valid == read.Refusal is null, $"{_random}: '{changed}' is {(valid ? "valid" : "wrong")} to NBitcoin");
            if (read.Is(out var taken, out _)) taken.Dispose();
        }
    }

    private static byte[] Public(SecretBytes secret)
    {
        var copy = new byte[secret.Length];
        secret.CopyTo(copy);
        return copy;
    }

    private void Same(string theirs, string ours) => Assert.True(theirs == ours, $"{_random}: NBitcoin {theirs}, ours {ours}");
}
