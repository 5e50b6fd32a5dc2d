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
