using VaultGrid.Crypto.Bls12381;
using VaultGrid.Crypto.Groups;

namespace VaultGrid.Crypto.Tests.Bls12381;

public sealed class BlsPrimeGroupTests
{
    [Fact]
    public void Elements_and_scalars_of_protocols_are_points_and_keys()
    {
        using var secret = PrimeGroup.Bls12381G1.RandomSecret();
        using var scalar = BlsSecretScalar.From(secret);
        Assert.Equal(scalar.TimesG1Generator(), G1Point.From(secret.TimesGenerator()));
        Assert.True(G1Point.From(PrimeGroup.Bls12381G1.Identity).IsIdentity);

        using var inG2 = PrimeGroup.Bls12381G2.RandomSecret();
        using var scalarInG2 = BlsSecretScalar.From(inG2);
        Assert.Equal(scalarInG2.TimesG2Generator(), G2Point.From(inG2.TimesGenerator()));

        using var key = BlsSecretKey.From(scalar.Clone()).Value;
        Assert.Equal(secret.TimesGenerator().Bytes, key.PublicKey.Compressed);
        Assert.True(BlsPublicKey.From(G1Point.From(secret.TimesGenerator())).Value.Verify("m"u8, key.Sign("m"u8)));
    }

    public static TheoryData<string> Groups => [PrimeGroup.Bls12381G1.Name, PrimeGroup.Bls12381G2.Name];

    [Theory, MemberData(nameof(Groups))]
    public void The_generator_takes_the_same_number_of_times_as_any_point(string name)
    {
        var group = new[] { PrimeGroup.Bls12381G1, PrimeGroup.Bls12381G2 }.Single(one => one.Name == name);

        // The same point by another name: products of it take no table.
        var point = group.Generator + group.Identity;
        List<PublicScalar> numbers = [.. Enumerable.Range(1, 40).Select(small => group.Scalar((ulong)small)), -group.One, -group.Scalar(7), group.Scalar(ulong.MaxValue)];
        for (var power = group.Scalar(16); numbers.Count < 120; power *= group.Scalar(16)) numbers.Add(power);
        for (var i = 0; i < 40; i++) numbers.Add(group.Reduce(System.Security.Cryptography.RandomNumberGenerator.GetBytes(64)));
        foreach (var number in numbers)
        {
            using var secret = group.DecodeSecret(SecretBytes.Take(number.Bytes.ToArray())).Value;
            var product = point.Multiply(secret);
            Assert.Equal(product, secret.TimesGenerator());
            Assert.Equal(product, group.Generator.MultiplyVarTime(number));
            Assert.Equal(product, point.MultiplyVarTime(number));
        }

        using var none = group.DecodeSecret(SecretBytes.Take(group.Zero.Bytes.ToArray())).Value;
        Assert.True(none.TimesGenerator().IsIdentity && group.Generator.MultiplyVarTime(group.Zero).IsIdentity);
    }

    [Theory, MemberData(nameof(Groups))]
    public void Small_numbers_of_times_are_sums(string name)
    {
        var group = new[] { PrimeGroup.Bls12381G1, PrimeGroup.Bls12381G2 }.Single(one => one.Name == name);
        var point = group.Generator.MultiplyVarTime(group.Reduce(System.Security.Cryptography.RandomNumberGenerator.GetBytes(64)));
        var sum = point;
        for (var times = 2UL; times <= 70; times++)
        {
            sum += point;
            Assert.Equal(sum, point.MultiplyVarTime(group.Scalar(times)));
        }
    }

    [Fact]
    public void Values_of_other_groups_are_refused()
    {
        using var foreign = PrimeGroup.Secp256k1.RandomSecret();
        Assert.Throws<ArgumentException>(() => BlsSecretScalar.From(foreign));
        Assert.Throws<ArgumentException>(() => G1Point.From(PrimeGroup.Bls12381G2.Generator));
        Assert.Throws<ArgumentException>(() => G2Point.From(PrimeGroup.Bls12381G1.Generator));
    }

    [Fact]
    public void A_point_outside_the_group_is_no_element()
    {
        // (0, 2), of order three
        var encoded = new byte[48];
        encoded[0] = 0x80;
        Assert.NotNull(PrimeGroup.Bls12381G1.Decode(encoded).Refusal);
        encoded[0] = 0xc0;
        Assert.NotNull(PrimeGroup.Bls12381G1.Decode(encoded).Refusal);
    }
}
