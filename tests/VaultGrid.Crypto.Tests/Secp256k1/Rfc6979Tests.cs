using System.Security.Cryptography;
using System.Text;

namespace VaultGrid.Crypto.Tests;

/// <summary>Known answers for secp256k1, SHA-256 and RFC 6979 nonces that many wallets share; s is low. RFC 6979 itself has no secp256k1 cases.</summary>
public sealed class Rfc6979Tests
{
    [Theory]
    [InlineData(
        "0000000000000000000000000000000000000000000000000000000000000001", "Satoshi Nakamoto",
        "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d82442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5")]
    [InlineData(
        "0000000000000000000000000000000000000000000000000000000000000001", "All those moments will be lost in time, like tears in rain. Time to die...",
        "8600dbd41e348fe5c9465ab92d23e3db8b98b873beecd930736488696438cb6b547fe64427496db33bf66019dacbf0039c04199abb0122918601db38a72cfc21")]
    [InlineData(
        "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140", "Satoshi Nakamoto",
        "fd567d121db66e382991534ada77a6bd3106f0a1098c231e47993447cd6af2d06b39cd0eb1bc8603e159ef5c20a5c8ad685a45b06ce9bebed3f153d10d93bed5")]
    [InlineData(
        "f8b8af8ce3c7cca5e300d33939540c10d45ce001b8f252bfbc57ba0342904181", "Alan Turing",
        "7063ae83e7f62bbb171798131b4a0564b956930092b33b07b395615d9ec7e15c58dfcc1e00a35e1572f366ffe34ba0fc47db1e7189759b9fb233c5b05ab388ea")]
    public void The_plain_nonce_gives_the_known_signature(string scalar, string message, string expected)
    {
        using var key = PrivateKey.Take(Convert.FromHexString(scalar)).Value;
        var digest = SHA256.HashData(Encoding.ASCII.GetBytes(message));

        var signature = key.SignDeterministic(digest);

        Assert.Equal(expected, Convert.ToHexStringLower(signature.Compact));
        Assert.Equal(signature, key.SignDeterministic(digest));
        Assert.Equal(key.PublicKey, signature.Recover(digest).Value);
    }

    [Fact]
    public void Extra_entropy_changes_the_nonce_and_only_that()
    {
        using var key = PrivateKey.Generate();
        var digest = SHA256.HashData("digest"u8);
        var plain = key.SignDeterministic(digest);
        var hedged = key.Sign(digest);
        var given = key.Sign(digest, new byte[32]);

        Assert.NotEqual(plain, hedged);
        Assert.NotEqual(hedged, key.Sign(digest));
        Assert.Equal(given, key.Sign(digest, new byte[32]));
        Assert.All([plain, hedged, given], signature => Assert.True(key.PublicKey.Verify(digest, signature)));
    }
}
