using System.Text;
using VaultGrid.Testing;

namespace VaultGrid.Crypto.Tests;

public sealed class Bip32VectorTests
{
    [Fact]
    public void Every_chain_of_the_published_vectors_is_derived()
    {
        using var file = PublicVectors.Json("bip32/vectors.json");
        var chains = 0;
        foreach (var vector in file.RootElement.GetProperty("valid").EnumerateArray())
        {
            using var seed = SecretBytes.Take(Convert.FromHexString(vector.GetProperty("seed").GetString()!));
            using var master = ExtendedPrivateKey.FromSeed(seed).Value;
            foreach (var chain in vector.GetProperty("chains").EnumerateArray())
            {
                var path = DerivationPath.Parse(chain.GetProperty("path").GetString()).Value;
                using var key = master.Derive(path).Value;

                Assert.Equal(chain.GetProperty("path").GetString(), path.ToString());
                Assert.Equal(chain.GetProperty("xprv").GetString(), Text(key));
                Assert.Equal(chain.GetProperty("xpub").GetString(), key.ToPublic().ToString());
                RoundTrips(chain.GetProperty("xprv").GetString()!, chain.GetProperty("xpub").GetString()!);
                PublicDerivationAgrees(master, path, key.ToPublic());
                chains++;
            }
        }
        Assert.Equal(17, chains);
    }

    [Fact]
    public void Every_invalid_key_of_the_published_vectors_is_refused()
    {
        using var file = PublicVectors.Json("bip32/vectors.json");
        var refused = 0;
        foreach (var vector in file.RootElement.GetProperty("invalid").EnumerateArray())
        {
            var text = vector.GetProperty("key").GetString()!;
            Assert.Equal(RefusalCode.InputMalformed, ExtendedPublicKey.Parse(text).Refusal?.Code);
            Assert.Equal(RefusalCode.InputMalformed, ExtendedPrivateKey.ParseVarTime(Encoding.ASCII.GetBytes(text)).Refusal?.Code);
            refused++;
        }
        Assert.Equal(16, refused);
    }

    private static void RoundTrips(string xprv, string xpub)
    {
        using var key = ExtendedPrivateKey.ParseVarTime(Encoding.ASCII.GetBytes(xprv)).Value;
        Assert.Equal(xprv, Text(key));
        Assert.Equal(xpub, ExtendedPublicKey.Parse(xpub).Value.ToString());
        Assert.Equal(ExtendedPublicKey.Parse(xpub).Value, key.ToPublic());
    }

    // From every ancestor below the last hardened step, the public way leads to the same key.
    private static void PublicDerivationAgrees(ExtendedPrivateKey master, DerivationPath path, ExtendedPublicKey expected)
    {
        for (var depth = path.Depth; depth >= 0; depth--)
        {
            using var ancestor = master.Derive(path.Steps[..depth]).Value;
            Assert.Equal(expected, ancestor.ToPublic().Derive(path.Steps[depth..]).Value);
            if (depth > 0 && DerivationPath.IsHardened(path.Steps[depth - 1])) return;
        }
    }

    private static string Text(ExtendedPrivateKey key)
    {
        var text = new byte[ExtendedPrivateKey.TextLength];
        key.WriteTextVarTime(text);
        return Encoding.ASCII.GetString(text);
    }
}
