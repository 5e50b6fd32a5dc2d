using System.Security.Cryptography;

namespace VaultGrid.Crypto.Tests;

public sealed class KeyArithmeticTests
{
    private static readonly byte[] Order = Convert.FromHexString("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");

    [Theory]
    [InlineData("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0", true)]
    [InlineData("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a1", false)]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000001", true)]
    [InlineData("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140", false)]
    public void S_is_low_up_to_half_the_order_and_the_library_agrees(string s, bool low)
    {
        var signature = EcdsaSignature.FromCompact([.. Convert.FromHexString(new string('1', 64)), .. Convert.FromHexString(s)], 0).Value;
        Assert.Equal(low, signature.IsLowS);
        Assert.Equal(low, signature.ToLowS().Equals(signature));
        Assert.True(signature.ToLowS().IsLowS);
    }

    [Fact]
    public void Laws_hold_for_random_keys()
    {
        var random = new SeededBytes();
        for (var round = 0; round < 200; round++)
        {
            using var key = random.PrivateKey();
            using var other = random.PrivateKey();
            var (tweak, digest) = (random.Next(32), random.Next(32));

            using var tweaked = key.TweakAdd(tweak).Value;
            Check(key.PublicKey.TweakAdd(tweak).Value.Equals(tweaked.PublicKey), "(k + t)G = kG + tG");
            Check(PublicKey.Sum([key.PublicKey, other.PublicKey]).Value.Equals(PublicKey.Sum([other.PublicKey, key.PublicKey]).Value), "P + Q = Q + P");
            Check(PublicKey.Sum([key.PublicKey, other.PublicKey, other.PublicKey.Negate()]).Value.Equals(key.PublicKey), "P + Q - Q = P");
            Check(PublicKey.Parse(key.PublicKey.Compressed).Value.Equals(key.PublicKey), "compressed form");
            Check(PublicKey.ParseUncompressed(key.PublicKey.ToUncompressed()).Value.Equals(key.PublicKey), "uncompressed form");

            var signature = key.Sign(digest);
            Check(key.PublicKey.Verify(digest, signature) && !other.PublicKey.Verify(digest, signature), "signature");
            Check(signature.IsLowS && signature.Recover(digest).Value.Equals(key.PublicKey), "recovery");
            Check(key.PublicKey.Verify(digest, EcdsaSignature.FromDer(signature.ToDer()).Value), "DER");
            Check(EcdsaSignature.FromCompact(signature.Compact, signature.RecoveryId).Value.Equals(signature), "compact form");

            using var shared = key.Agree(other.PublicKey);
            using var sharedToo = other.Agree(key.PublicKey);
            Check(CryptographicOperations.FixedTimeEquals(shared.Span, sharedToo.Span), "k(lG) = l(kG)");

            using var pair = SchnorrKeyPair.Of(key);
            using var output = SchnorrKeyPair.Tweaked(key, tweak).Value;
            Check(key.PublicKey.ToXOnly().TweakAdd(tweak).Value.ToXOnly().Equals(output.PublicKey), "taproot tweak");
            Check(pair.PublicKey.Verify(digest, pair.Sign(digest)) && output.PublicKey.Verify(digest, output.Sign(digest)), "BIP-340");
        }

        void Check(bool holds, string law) => Assert.True(holds, $"{law} ({random})");
    }

    [Fact]
    public void Every_flipped_bit_of_a_signature_is_noticed()
    {
        using var key = PrivateKey.Generate();
        var digest = SHA256.HashData("digest"u8);
        var signature = key.Sign(digest);
        for (var bit = 0; bit < 512; bit++)
        {
            var changed = signature.Compact.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(EcdsaSignature.FromCompact(changed).Is(out var forged, out _) && key.PublicKey.Verify(digest, forged), $"bit {bit}");
        }
    }

    [Fact]
    public void Scalars_that_are_none_are_refused_and_wiped()
    {
        foreach (var scalar in new[] { new byte[32], (byte[])Order.Clone(), Enumerable.Repeat((byte)0xff, 32).ToArray(), new byte[31], new byte[33] })
        {
            Assert.Equal(RefusalCode.InputMalformed, PrivateKey.Take(scalar).Refusal?.Code);
            Assert.All(scalar, b => Assert.Equal(0, b));
        }
    }

    [Fact]
    public void A_sum_of_zero_is_refused()
    {
        using var key = PrivateKey.Generate();
        Assert.NotNull(PublicKey.Sum([key.PublicKey, key.PublicKey.Negate()]).Refusal);
        Assert.NotNull(key.TweakAdd(Order).Refusal);
        Assert.NotNull(key.PublicKey.TweakAdd(Order).Refusal);
        Assert.NotNull(key.PublicKey.MultiplyVarTime(new byte[32]).Refusal);
        Assert.NotNull(SchnorrKeyPair.Tweaked(key, Order).Refusal);

        // n - 1 is -1: one more is nothing.
        var minusOne = (byte[])Order.Clone();
        minusOne[^1]--;
        using var last = PrivateKey.Take(minusOne).Value;
        var one = new byte[32];
        one[^1] = 1;
        Assert.NotNull(last.TweakAdd(one).Refusal);
        Assert.NotNull(last.PublicKey.TweakAdd(one).Refusal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("02")]
    [InlineData("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f8179800")]
    [InlineData("0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798")]
    [InlineData("0679be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8")]
    [InlineData("02fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f")]
    [InlineData("020000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0400000000000000000000000000000000000000000000000000000000000000010000000000000000000000000000000000000000000000000000000000000001")]
    public void Bytes_that_are_no_point_are_refused(string hex)
    {
        Assert.Equal(RefusalCode.InputMalformed, PublicKey.Parse(Convert.FromHexString(hex)).Refusal?.Code);
        Assert.Equal(RefusalCode.InputMalformed, PublicKey.ParseUncompressed(Convert.FromHexString(hex)).Refusal?.Code);
    }

    [Fact]
    public void Numbers_out_of_range_are_no_signature()
    {
        byte[] one = [.. new byte[31], 1];
        Assert.NotNull(EcdsaSignature.FromCompact([.. new byte[32], .. one]).Refusal);
        Assert.NotNull(EcdsaSignature.FromCompact([.. one, .. new byte[32]]).Refusal);
        Assert.NotNull(EcdsaSignature.FromCompact([.. Order, .. one]).Refusal);
        Assert.NotNull(EcdsaSignature.FromCompact([.. one, .. Order]).Refusal);
        Assert.NotNull(EcdsaSignature.FromCompact([.. one, .. one], 4).Refusal);
        Assert.NotNull(EcdsaSignature.FromCompact([.. one, .. one], -1).Refusal);
        Assert.NotNull(EcdsaSignature.FromCompact(one).Refusal);
        Assert.NotNull(EcdsaSignature.FromCompact([.. one, .. one]).Value.Recover(one).Refusal);
    }

    [Fact]
    public void A_digest_of_another_length_is_a_bug()
    {
        using var key = PrivateKey.Generate();
        Assert.Throws<ArgumentException>(() => key.Sign(new byte[31]));
        Assert.Throws<ArgumentException>(() => key.PublicKey.Verify(new byte[33], key.Sign(new byte[32])));
    }
}
