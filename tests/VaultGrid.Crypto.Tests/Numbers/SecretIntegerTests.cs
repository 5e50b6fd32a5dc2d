using System.Numerics;

namespace VaultGrid.Crypto.Tests;

public sealed class SecretIntegerTests
{
    [Fact]
    public void Powers_agree_with_another_implementation()
    {
        var random = new SeededBytes();
        for (var round = 0; round < 60; round++)
        {
            var (value, exponent, modulus) = (random.Next(1 + random.NextInt(400)), random.Next(1 + random.NextInt(100)), random.Next(1 + random.NextInt(400)));
            exponent[0] |= 1;
            modulus[0] |= 0x10;
            modulus[^1] |= 1;
            using var a = SecretInteger.FromBytes(value);
            using var e = SecretInteger.FromBytes(exponent);
            using var n = SecretInteger.FromBytes(modulus);

            using var power = a.PowerMod(e, n);
            var bytes = new byte[modulus.Length];
            power.CopyTo(bytes);

            var expected = BigInteger.ModPow(Unsigned(value), Unsigned(exponent), Unsigned(modulus));
            Assert.True(expected == Unsigned(bytes), random.ToString());
        }
    }

    [Fact]
    public void What_would_end_the_process_is_refused_first()
    {
        using var three = SecretInteger.FromBytes([3]);
        using var four = SecretInteger.FromBytes([4]);
        using var zero = SecretInteger.FromBytes([]);
        Assert.Throws<ArgumentException>(() => three.PowerMod(zero, three));
        Assert.Throws<ArgumentException>(() => three.PowerMod(three, four));
        Assert.Throws<ArgumentException>(() => three.PowerMod(three, zero));
    }

    [Fact]
    public void Bytes_go_in_and_come_out()
    {
        using var number = SecretInteger.FromBytes([0, 0, 1, 2, 3]);
        var bytes = new byte[6];
        number.CopyTo(bytes);
        Assert.Equal([0, 0, 0, 1, 2, 3], bytes);
        Assert.Equal(17, number.BitLength);
        Assert.Throws<ArgumentException>(() => number.CopyTo(new byte[2]));

        using var zero = SecretInteger.FromBytes([0]);
        zero.CopyTo(bytes);
        Assert.Equal(new byte[6], bytes);
    }

    private static BigInteger Unsigned(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);
}
