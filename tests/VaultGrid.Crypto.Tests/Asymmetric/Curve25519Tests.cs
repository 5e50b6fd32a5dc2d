namespace VaultGrid.Crypto.Tests;

public sealed class Curve25519Tests
{
    // RFC 8032, 7.1, tests 1 and 2.
    [Theory]
    [InlineData(
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData(
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    public void Ed25519_signs_as_in_the_RFC(string seed, string publicKey, string message, string signature)
    {
        using var secret = SecretBytes.Take(Convert.FromHexString(seed));
        Assert.Equal(publicKey, Convert.ToHexStringLower(Ed25519.PublicKey(secret)));
        Assert.Equal(signature, Convert.ToHexStringLower(Ed25519.Sign(secret, Convert.FromHexString(message))));
    }

    [Fact]
    public void Other_lengths_are_no_signature()
    {
        using var seed = SecretBytes.Random(32);
        var (key, signature) = (Ed25519.PublicKey(seed), Ed25519.Sign(seed, [1]));
        Assert.True(Ed25519.Verify(key, [1], signature));
        Assert.False(Ed25519.Verify(key, [2], signature));
        Assert.False(Ed25519.Verify(key.AsSpan(1), [1], signature));
        Assert.False(Ed25519.Verify(key, [1], signature.AsSpan(1)));
        Assert.False(Ed25519.Verify(key, [1], [.. signature, 0]));
    }

    [Fact]
    public void X25519_agrees_from_both_sides()
    {
        using var alice = SecretBytes.Random(32);
        using var bob = SecretBytes.Random(32);
        using var one = X25519.Agree(alice, X25519.PublicKey(bob)).Value;
        using var other = X25519.Agree(bob, X25519.PublicKey(alice)).Value;
        Assert.Equal(one.Span, other.Span);
    }

    [Fact]
    public void A_peer_of_small_order_or_wrong_length_is_refused()
    {
        using var key = SecretBytes.Random(32);
        Assert.Equal(RefusalCode.InputMalformed, X25519.Agree(key, new byte[32]).Refusal?.Code);
        Assert.Equal(RefusalCode.InputMalformed, X25519.Agree(key, new byte[31]).Refusal?.Code);
    }
}
