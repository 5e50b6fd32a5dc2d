using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace VaultGrid.Crypto.Tests;

public sealed class P256VerificationTests
{
    private static readonly BigInteger Order = BigInteger.Parse("0ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(false), InlineData(true)]
    public void Answers_are_the_platforms(bool prepared)
    {
        for (var round = 0; round < 40; round++)
        {
            using var platform = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var key = P256PublicKey.ParseSubjectPublicKeyInfo(platform.ExportSubjectPublicKeyInfo()).Value;
            if (prepared) key.Prepare();
            Assert.Equal(prepared, key.IsPrepared);

            // Digests at the edges of the range, where the reduction modulo the order matters, then any.
            var digest = round switch { 0 => new byte[32], 1 => Bytes(Order), 2 => Bytes(Order + 1), 3 => Bytes((BigInteger.One << 256) - 1), _ => RandomNumberGenerator.GetBytes(32) };
            var signature = platform.SignHash(digest, DSASignatureFormat.Rfc3279DerSequence);
            Assert.True(key.VerifyDigest(digest, signature));
            for (var i = 0; i < signature.Length; i++)
            {
                var changed = (byte[])signature.Clone();
                changed[i] ^= (byte)(1 << (round % 8));
                Assert.False(key.VerifyDigest(digest, changed));
            }

            digest[round % 32] ^= 1;
            Assert.Equal(platform.VerifyHash(digest, signature, DSASignatureFormat.Rfc3279DerSequence), key.VerifyDigest(digest, signature));
            Assert.False(key.VerifyDigest(digest, signature));
        }
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public void A_sum_at_infinity_is_no_signature(bool prepared)
    {
        using var signer = P256SigningKey.Generate();
        using var scalar = signer.Export();
        if (prepared) signer.PublicKey.Prepare();
        var d = new BigInteger(scalar.Span, isUnsigned: true, isBigEndian: true);

        // z = −r·d, so u1·G + u2·Q = (z + r·d)/s · G is no point, whatever s is.
        foreach (var r in new[] { BigInteger.One, 7, Order - 1 })
            Assert.False(signer.PublicKey.VerifyDigest(Bytes(Order - (r * d % Order)), Der(r, 5)));
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public void Numbers_out_of_range_are_no_signature(bool prepared)
    {
        using var signer = P256SigningKey.Generate();
        if (prepared) signer.PublicKey.Prepare();
        var digest = RandomNumberGenerator.GetBytes(32);
        foreach (var bad in new[] { BigInteger.Zero, Order, Order + 1, (BigInteger.One << 256) - 1 })
        {
            Assert.False(signer.PublicKey.VerifyDigest(digest, Der(bad, 5)));
            Assert.False(signer.PublicKey.VerifyDigest(digest, Der(5, bad)));
        }
    }

    [Fact]
    public void Inverses_are_right_at_the_edges_and_between()
    {
        BigInteger[] numbers = [1, 2, 3, (BigInteger.One << 64) - 1, BigInteger.One << 64, BigInteger.One << 192, Order / 2, (Order / 2) + 1, Order - 2, Order - 1];
        Span<ulong> number = stackalloc ulong[P256Order.Limbs], inverse = stackalloc ulong[P256Order.Limbs];
        foreach (var value in numbers.Concat(Enumerable.Range(0, 500).Select(_ => (new BigInteger(RandomNumberGenerator.GetBytes(32), isUnsigned: true) % (Order - 1)) + 1)))
        {
            Assert.True(P256Order.TryReadVarTime(Bytes(value), number));
            P256Order.InvertVarTime(number, inverse);
            var product = value * new BigInteger(System.Runtime.InteropServices.MemoryMarshal.AsBytes(inverse), isUnsigned: true);
            Assert.Equal(BigInteger.One, product % Order);
        }

        foreach (var none in new[] { BigInteger.Zero, Order, Order + 1 }) Assert.False(P256Order.TryReadVarTime(Bytes(none), number));
    }

    [Fact]
    public void A_key_that_verifies_often_gets_its_table_while_threads_use_it()
    {
        using var signer = P256SigningKey.Generate();
        var key = P256PublicKey.Parse(signer.PublicKey.Bytes).Value;
        var (good, bad) = (signer.Sign("good"u8), signer.Sign("bad"u8));
        for (var i = 0; i < P256Table.WorthAfter - 1; i++) Assert.True(key.Verify("good"u8, good));
        Assert.False(key.IsPrepared);

        // One table is made at a time in a process, and other tests use keys too: a key asks again until it has its own.
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                Parallel.For(0, P256Table.WorthAfter, _ =>
                {
                    Assert.True(key.Verify("good"u8, good));
                    Assert.False(key.Verify("good"u8, bad));
                });
                return key.IsPrepared;
            },
            TimeSpan.FromMinutes(1)));
    }

    private static byte[] Bytes(BigInteger number)
    {
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - bytes.Length], .. bytes];
    }

    private static byte[] Der(BigInteger r, BigInteger s)
    {
        var writer = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(r);
            writer.WriteInteger(s);
        }

        return writer.Encode();
    }
}
