using System.Text;
using NBitcoin;

namespace VaultGrid.NBitcoin.Tests;

/// <summary>BIP-32: every extended key is, character for character, NBitcoin's.</summary>
public sealed class Bip32DifferentialTests
{
    private const int Cases = 200;
    private readonly SeededBytes _random = new();

    [Fact]
    public void Private_and_public_extended_keys_of_random_seeds_and_paths_are_the_same()
    {
        for (var i = 0; i < Cases; i++)
        {
            using var wallets = Wallets.Of(_random.Next(16 + _random.NextInt(49)));
            var path = Wallets.RandomPath(_random);
            using var at = wallets.At(path);
            var text = new byte[ExtendedPrivateKey.TextLength];
            at.Ours.WriteTextVarTime(text);
            Same(at.Theirs.ToString(Network.Main), Encoding.ASCII.GetString(text), path);
            Same(at.Theirs.Neuter().ToString(Network.Main), at.Ours.ToPublic().ToString(), path);
        }
    }

    [Fact]
    public void Children_of_extended_public_keys_are_the_same()
    {
        for (var i = 0; i < Cases; i++)
        {
            using var wallets = Wallets.Of(_random.Next(32));
            var ours = wallets.Ours.ToPublic();
            var theirs = wallets.Theirs.Neuter();
            for (var depth = 0; depth < 4; depth++)
            {
                var step = (uint)_random.NextInt(int.MaxValue);
                (ours, theirs) = (ours.Derive(step).Value, theirs.Derive(step));
            }

            Same(theirs.ToString(Network.Main), ours.ToString(), "four public steps");
            Assert.Equal(ours, ExtendedPublicKey.Parse(theirs.ToString(Network.Main)).Value);
        }
    }

    private void Same(string theirs, string ours, string where) => Assert.True(theirs == ours, $"{_random}: {where}: NBitcoin {theirs}, ours {ours}");
}
