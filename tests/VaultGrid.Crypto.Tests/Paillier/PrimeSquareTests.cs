using System.Numerics;

namespace VaultGrid.Crypto.Tests;

public sealed class PrimeSquareTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(24)]
    public void Powers_of_pairs_agree_with_another_implementation(int limbs)
    {
        var random = new SeededBytes();
        for (var round = 0; round < 60; round++)
        {
            // Nothing in the arithmetic asks for a prime: any odd number with its highest bit set will do, the extreme ones included.
            var modulus = round % 4 == 0 ? Extreme(limbs, round) : random.Next(limbs * 8);
            modulus[0] |= 0x80;
            modulus[^1] |= 1;
            var p = Unsigned(modulus);
            var value = round % 5 == 0 ? (p * p) - 1 - (round % 3) : round % 7 == 0 ? p - 1 : Unsigned(random.Next(limbs * 16));
            var exponent = round % 6 == 0 ? p - 1 : Unsigned(random.Next(8 * (1 + random.NextInt(limbs))));

            using var square = new PrimeSquare(Number(p, limbs));
            using var pair = square.Split(Number(value, 2 * limbs));
            using var power = square.Power(pair, Number(exponent, limbs));
            Assert.True(BigInteger.ModPow(value, exponent, p * p) == Value(square.Join(power)), $"{random} {round}");
        }
    }

    // All ones, and 2^63 times a power of two plus one: the largest and the smallest modulus of this length.
    private static byte[] Extreme(int limbs, int round)
    {
        var bytes = new byte[limbs * 8];
        if (round % 8 == 0) bytes.AsSpan().Fill(0xff);
        return bytes;
    }

    private static Limbs Number(BigInteger value, int limbs) => Limbs.FromBytes(value.ToByteArray(isUnsigned: true, isBigEndian: true), limbs);

    private static BigInteger Value(Limbs number)
    {
        var bytes = new byte[number.Count * 8];
        number.CopyTo(bytes);
        return Unsigned(bytes);
    }

    private static BigInteger Unsigned(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);
}
