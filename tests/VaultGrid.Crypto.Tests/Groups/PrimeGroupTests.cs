using VaultGrid.Crypto.Groups;

namespace VaultGrid.Crypto.Tests.Groups;

/// <summary>What holds in every group, once for all of them.</summary>
public sealed class PrimeGroupTests
{
    private static readonly PrimeGroup[] Groups =
    [
        PrimeGroup.Secp256k1, PrimeGroup.Ed25519, PrimeGroup.Ristretto255, PrimeGroup.Bls12381G1, PrimeGroup.Bls12381G2, ToyGroup.Instance,
    ];

    public static TheoryData<string> Names => [.. Groups.Select(g => g.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Multiplication_and_addition_agree_with_the_scalars(string name)
    {
        var group = Groups.Single(g => g.Name == name);
        for (var i = 0; i < 20; i++)
        {
            using var a = group.RandomSecret();
            using var b = group.RandomSecret();
            using var sum = a.Add(b);
            using var product = a.Multiply(b);
            using var shifted = a.Add(b.Reveal());
            using var scaled = a.Multiply(b.Reveal());
            using var negated = a.Negate();
            var (big, other) = (a.TimesGenerator(), b.TimesGenerator());

            Assert.Equal(sum.TimesGenerator(), big + other);
            Assert.Equal(product.TimesGenerator(), big.Multiply(b));
            Assert.Equal(product.TimesGenerator(), other.MultiplyVarTime(a.Reveal()));
            Assert.Equal(product.TimesGenerator(), group.Generator.MultiplyVarTime(product.Reveal()));
            Assert.Equal(sum.Reveal(), shifted.Reveal());
            Assert.Equal(product.Reveal(), scaled.Reveal());
            Assert.Equal(negated.TimesGenerator(), -big);
            Assert.True((big + -big).IsIdentity);
            Assert.True((big - big).IsIdentity);
            if (!a.Reveal().IsZero) Assert.Equal(group.Generator, big.MultiplyVarTime(a.Reveal().Invert()));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_combination_is_the_sum_of_its_products(string name)
    {
        var group = Groups.Single(g => g.Name == name);
        for (var i = 0; i < 20; i++)
        {
            using var a = group.RandomSecret();
            using var b = group.RandomSecret();
            using var c = group.RandomSecret();
            var (one, other, element) = (a.Reveal(), b.Reveal(), c.TimesGenerator());
            foreach (var (left, right) in new[] { (one, other), (group.Zero, other), (one, group.Zero), (group.Zero, group.Zero), (group.One, -group.One), (one, one) })
            {
                var sum = group.Generator.MultiplyVarTime(left) + element.MultiplyVarTime(right);
                Assert.Equal(sum, group.CombineVarTime(left, element, right));
            }

            Assert.Equal(group.Generator.MultiplyVarTime(one + other), group.CombineVarTime(one, group.Generator, other));
            Assert.Equal(group.Generator.MultiplyVarTime(one), group.CombineVarTime(one, group.Identity, other));
            Assert.True(group.CombineVarTime(-(other * c.Reveal()), element, other).IsIdentity);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void The_identity_is_neutral_and_has_no_encoding(string name)
    {
        var group = Groups.Single(g => g.Name == name);
        var g1 = group.Generator;
        Assert.Equal(g1, g1 + group.Identity);
        Assert.Equal(g1, GroupElement.Sum([group.Identity, g1, group.Identity]));
        Assert.True(GroupElement.Sum([group.Identity, group.Identity]).IsIdentity);
        Assert.True(g1.MultiplyVarTime(group.Zero).IsIdentity);
        Assert.True((-group.Identity).IsIdentity);
        using var zero = group.DecodeSecret(SecretBytes.Take(new byte[32])).Value;
        Assert.True(zero.TimesGenerator().IsIdentity);
        Assert.True((g1 + g1).Multiply(zero).IsIdentity);
        Assert.NotEqual(g1, group.Identity);
        Assert.Throws<InvalidOperationException>(() => group.Identity.Bytes.ToArray());
        Assert.Equal(RefusalCode.InputMalformed, group.Decode(new byte[group.ElementLength]).Refusal!.Code);
    }

    [Theory, MemberData(nameof(Names))]
    public void An_element_has_one_encoding_and_comes_back_from_it(string name)
    {
        var group = Groups.Single(g => g.Name == name);
        using var a = group.DecodeSecret(SecretBytes.Take(group.Scalar(7).Bytes.ToArray())).Value;
        var element = a.TimesGenerator();
        Assert.Equal(element, group.Decode(element.Bytes).Value);
        Assert.Equal(RefusalCode.InputMalformed, group.Decode(element.Bytes[1..]).Refusal!.Code);
        Assert.Equal(RefusalCode.InputMalformed, group.Decode([.. element.Bytes, 0]).Refusal!.Code);
    }

    [Fact]
    public void Values_of_different_groups_do_not_mix()
    {
        using var secret = PrimeGroup.Secp256k1.RandomSecret();
        Assert.Throws<ArgumentException>(() => PrimeGroup.Ed25519.Generator.Multiply(secret));
        Assert.Throws<ArgumentException>(() => PrimeGroup.Ed25519.Generator + PrimeGroup.Ristretto255.Generator);
        Assert.Throws<ArgumentException>(() => PrimeGroup.Ed25519.One + PrimeGroup.Ristretto255.One);
    }

    [Fact]
    public void A_secret_scalar_prints_nothing()
    {
        using var secret = PrimeGroup.Secp256k1.DecodeSecret(SecretBytes.Take(PrimeGroup.Secp256k1.Scalar(0x1234).Bytes.ToArray())).Value;
        Assert.Equal("SecretScalar(redacted)", $"{secret}");
        Assert.DoesNotContain("1234", System.Text.Json.JsonSerializer.Serialize(new { Text = secret.ToString() }), StringComparison.Ordinal);
    }

    // RFC 9591, section 6.1: torsion, small order, identity and encodings that are not canonical.
    [Theory]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")] // identity
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")] // order 2
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")] // order 4
    [InlineData("0000000000000000000000000000000000000000000000000000000000000080")] // order 4
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")] // order 8
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")] // order 8
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")] // y = p + 1
    [InlineData("0100000000000000000000000000000000000000000000000000000000000080")] // x = 0 with its sign set
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000")] // not on the curve
    public void Ed25519_refuses_what_is_outside_the_prime_order_subgroup(string hex) =>
        Assert.Equal(RefusalCode.InputMalformed, PrimeGroup.Ed25519.Decode(Convert.FromHexString(hex)).Refusal!.Code);

    [Fact]
    public void Ed25519_refuses_a_good_point_with_torsion_added()
    {
        var mixed = new byte[32];
        var order8 = Convert.FromHexString("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05");
        Assert.Equal(0, Native.Sodium.Ed25519Add(mixed, PrimeGroup.Ed25519.Generator.Bytes, order8));
        Assert.NotNull(PrimeGroup.Ed25519.Decode(mixed).Refusal);
    }

    // RFC 9496, appendix A.1 and A.2: the generator's multiples and two encodings to refuse.
    [Fact]
    public void Ristretto255_is_that_of_the_RFC()
    {
        Assert.Equal("0xe2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76", PrimeGroup.Ristretto255.Generator.ToString());
        Assert.Equal("0x6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919", (PrimeGroup.Ristretto255.Generator + PrimeGroup.Ristretto255.Generator).ToString());
        Assert.NotNull(PrimeGroup.Ristretto255.Decode(Convert.FromHexString("00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")).Refusal);
        Assert.NotNull(PrimeGroup.Ristretto255.Decode(Convert.FromHexString("0100000000000000000000000000000000000000000000000000000000000000")).Refusal);
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", "02")] // no such x
    [InlineData("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798", "04")] // prefix
    [InlineData("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798", "06")] // hybrid
    [InlineData("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc30", "02")] // x = p + 1
    public void Secp256k1_refuses_what_is_not_on_the_curve(string x, string prefix) =>
        Assert.Equal(RefusalCode.InputMalformed, PrimeGroup.Secp256k1.Decode(Convert.FromHexString(prefix + x)).Refusal!.Code);

    [Fact]
    public void Secp256k1_agrees_with_the_private_keys()
    {
        var random = new SeededBytes();
        using var key = random.PrivateKey();
        using var scalar = PrimeGroup.Secp256k1.DecodeSecret(key.Scalar.Clone()).Value;
        Assert.Equal(key.PublicKey.Compressed, scalar.TimesGenerator().Bytes);
    }
}
