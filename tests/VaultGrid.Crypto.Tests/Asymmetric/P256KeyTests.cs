using System.Security.Cryptography;

namespace VaultGrid.Crypto.Tests;

public sealed class P256KeyTests
{
    private const string Order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

    [Fact]
    public void A_signature_verifies_under_its_key_and_message_only()
    {
        using var key = P256SigningKey.Generate();
        using var other = P256SigningKey.Generate();
        var signature = key.Sign("message"u8);
        Assert.True(key.PublicKey.Verify("message"u8, signature));
        Assert.False(key.PublicKey.Verify("messagE"u8, signature));
        Assert.False(other.PublicKey.Verify("message"u8, signature));
        Assert.False(key.PublicKey.Verify("message"u8, [.. signature, 0]));
        Assert.False(key.PublicKey.Verify("message"u8, []));
    }

    [Fact]
    public void A_stored_key_signs_for_the_same_public_key()
    {
        using var key = P256SigningKey.Generate();
        using var scalar = key.Export();
        using var loaded = P256SigningKey.Import(scalar).Value;
        Assert.Equal(key.PublicKey, loaded.PublicKey);
        Assert.True(key.PublicKey.Verify([], loaded.Sign([])));
    }

    [Fact]
    public void Short_scalars_keep_their_leading_zeros()
    {
        using var one = SecretBytes.Take([.. new byte[31], 1]);
        using var key = P256SigningKey.Import(one).Value;
        using var exported = key.Export();
        Assert.Equal(one.Span, exported.Span);

        // SEC 2, 2.4.2: the generator.
        Assert.Equal("0x046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5", key.PublicKey.ToString());
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000"), InlineData(Order), InlineData("01")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    public void Scalars_that_are_none_are_refused(string hex)
    {
        using var scalar = SecretBytes.Take(Convert.FromHexString(hex));
        Assert.Equal(RefusalCode.InputMalformed, P256SigningKey.Import(scalar).Refusal?.Code);
        Assert.Equal(RefusalCode.InputMalformed, P256AgreementKey.Import(scalar).Refusal?.Code);
    }

    [Fact]
    public void Points_off_the_curve_and_other_encodings_are_refused()
    {
        using var key = P256SigningKey.Generate();
        var point = key.PublicKey.Bytes.ToArray();
        var spki = key.PublicKey.ToSubjectPublicKeyInfo();
        Assert.Equal(key.PublicKey, P256PublicKey.ParseSubjectPublicKeyInfo(spki).Value);

        foreach (var i in new[] { 0, 1, 32, 33, 64 })
        {
            var changed = (byte[])point.Clone();
            changed[i] ^= 1;
            Assert.Equal(RefusalCode.InputMalformed, P256PublicKey.Parse(changed).Refusal?.Code);
        }
        Assert.NotNull(P256PublicKey.Parse(new byte[65]).Refusal);
        Assert.NotNull(P256PublicKey.Parse([4, .. new byte[64]]).Refusal);
        Assert.NotNull(P256PublicKey.Parse(point.AsSpan(0, 33)).Refusal);
        Assert.NotNull(P256PublicKey.ParseSubjectPublicKeyInfo([.. spki, 0]).Refusal);
        Assert.NotNull(P256PublicKey.ParseSubjectPublicKeyInfo(spki.AsSpan(1)).Refusal);
    }

    [Fact]
    public void The_platform_reads_our_key_and_we_read_the_platforms()
    {
        using var platform = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var ours = P256PublicKey.ParseSubjectPublicKeyInfo(platform.ExportSubjectPublicKeyInfo()).Value;
        Assert.Equal(platform.ExportSubjectPublicKeyInfo(), ours.ToSubjectPublicKeyInfo());
        Assert.True(ours.Verify([1], platform.SignData([1], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));
    }

    [Fact]
    public void Agreement_is_the_same_from_both_sides()
    {
        using var alice = P256AgreementKey.Generate();
        using var bob = P256AgreementKey.Generate();
        using var one = alice.Agree(bob.PublicKey);
        using var other = bob.Agree(alice.PublicKey);
        Assert.Equal(32, one.Length);
        Assert.Equal(one.Span, other.Span);
    }

    [Fact]
    public void Agreement_is_the_platforms()
    {
        // The edges of the range, then any numbers: the platform computes with the same ones, and checks them in its own way.
        var lessOne = Convert.FromHexString(Order);
        lessOne[^1]--;
        byte[][] edges = [[.. new byte[31], 1], [.. new byte[31], 2], lessOne];
        foreach (var number in edges.Concat(Enumerable.Range(0, 50).Select(_ => (byte[]?)null)))
        {
            using var scalar = number is null ? null : SecretBytes.Take((byte[])number.Clone());
            using var key = scalar is null ? P256AgreementKey.Generate() : P256AgreementKey.Import(scalar).Value;
            using var exported = key.Export();
            using var platform = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = exported.Span.ToArray() });
            using var peer = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
            var theirs = P256PublicKey.ParseSubjectPublicKeyInfo(peer.ExportSubjectPublicKeyInfo()).Value;
            using var agreed = key.Agree(theirs);
            Assert.Equal(platform.ExportSubjectPublicKeyInfo(), key.PublicKey.ToSubjectPublicKeyInfo());
            Assert.Equal(peer.DeriveRawSecretAgreement(platform.PublicKey), agreed.Span.ToArray());
        }
    }

    [Fact]
    public void Agreements_on_many_threads_at_once_are_the_same()
    {
        using var key = P256AgreementKey.Generate();
        using var peer = P256AgreementKey.Generate();
        using var expected = peer.Agree(key.PublicKey);
        var bytes = expected.Span.ToArray();
        Parallel.For(0, 500, _ =>
        {
            using var agreed = key.Agree(peer.PublicKey);
            Assert.Equal(bytes, agreed.Span.ToArray());
            Assert.NotNull(P256PublicKey.Parse([4, .. new byte[64]]).Refusal);
        });
    }

    [Fact]
    public void A_public_key_verifies_on_many_threads_at_once()
    {
        using var key = P256SigningKey.Generate();
        var signature = key.Sign("message"u8);
        Parallel.For(0, 500, i => Assert.Equal(i % 2 == 0, key.PublicKey.Verify(i % 2 == 0 ? "message"u8 : "other"u8, signature)));
    }
}
