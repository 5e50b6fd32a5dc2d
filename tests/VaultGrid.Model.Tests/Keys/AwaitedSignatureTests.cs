using System.Security.Cryptography;
using VaultGrid.Crypto;
using VaultGrid.Crypto.Bls12381;

namespace VaultGrid.Model.Tests.Keys;

public sealed class AwaitedSignatureTests
{
    private static readonly byte[] Message = "waited for"u8.ToArray();

    [Fact]
    public void What_is_awaited_is_accepted_and_nothing_else_is()
    {
        using var material = SecretBytes.Random(32);
        using var key = BlsSecretKey.Generate(material);
        using var digest = SecretBytes.Random(32);
        using var other = BlsSecretKey.Generate(digest);
        var awaited = new AwaitedSignature(SigningAlgorithm.Bls, key.PublicKey.Compressed.ToArray(), Message);
        var (signature, wrong) = (key.Sign(Message), other.Sign(Message));
        Parallel.For(0, 8, _ =>
        {
            Assert.True(awaited.Accepts(signature));
            Assert.True(awaited.Accepts(signature.Compressed));
            Assert.False(awaited.Accepts(wrong));
            Assert.False(awaited.Accepts(wrong.Compressed));
            Assert.False(awaited.Accepts(signature.Compressed[1..]));
            Assert.False(awaited.Accepts([]));
        });
    }

    [Fact]
    public void A_key_that_is_none_accepts_nothing()
    {
        using var material = SecretBytes.Random(32);
        using var key = BlsSecretKey.Generate(material);
        byte[][] none = [[], new byte[48], [0xc0, .. new byte[47]], RandomNumberGenerator.GetBytes(47)];
        Assert.All(none, bytes => Assert.False(new AwaitedSignature(SigningAlgorithm.Bls, bytes, Message).Accepts(key.Sign(Message).Compressed)));
    }

    [Fact]
    public void Other_algorithms_are_verified_when_the_signature_is_there()
    {
        using var secret = SecretBytes.Random(32);
        var publicKey = Ed25519.PublicKey(secret);
        var awaited = new AwaitedSignature(SigningAlgorithm.Ed25519, publicKey, Message);
        Assert.True(awaited.Accepts(Ed25519.Sign(secret, Message)));
        Assert.False(awaited.Accepts(Ed25519.Sign(secret, [])));

        using var bls = BlsSecretKey.Generate(secret);
        Assert.False(awaited.Accepts(bls.Sign(Message)));
        Assert.False(new AwaitedSignature(SigningAlgorithm.EcdsaSecp256k1, publicKey, Message).Accepts(Ed25519.Sign(secret, Message)));
    }
}
