using System.Text;

namespace VaultGrid.Crypto.Tests;

public sealed class GeneratedMnemonicTests
{
    [Fact]
    public void Mnemonics_and_seeds_agree_with_other_libraries()
    {
        var (seeds, refused) = (0, 0);
        foreach (var vector in GeneratedVectors.Read("bip39"))
        {
            var sentence = Encoding.UTF8.GetBytes(vector.Text("mnemonic"));
            using var mnemonic = Mnemonic.ParseVarTime(sentence).Value;
            using var entropy = mnemonic.ToEntropy();
            Assert.Equal(vector.Bytes("entropy"), Copy(entropy));
            using var again = Mnemonic.FromEntropy(entropy).Value;
            using var written = again.ToSentenceVarTime();
            Assert.Equal(sentence, Copy(written));

            // Only ASCII is taken as a passphrase: other text would need a normal form first.
            var passphrase = Encoding.UTF8.GetBytes(vector.Text("passphrase"));
            var seed = mnemonic.ToSeed(passphrase);
            if (Ascii.IsValid(passphrase))
            {
                using var bytes = seed.Value;
                Assert.Equal(vector.Bytes("seed"), Copy(bytes));
                seeds++;
            }
            else
            {
                Assert.Equal(RefusalCode.InputUnsupported, seed.Refusal!.Code);
                refused++;
            }
        }

        Assert.True(seeds > 10 && refused > 5, $"{seeds} seeds, {refused} refused");
    }

    private static byte[] Copy(SecretBytes secret)
    {
        var bytes = new byte[secret.Length];
        secret.CopyTo(bytes);
        return bytes;
    }
}
