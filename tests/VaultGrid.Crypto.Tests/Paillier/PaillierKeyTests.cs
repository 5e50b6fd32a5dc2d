using System.Numerics;
using System.Security.Cryptography;
using VaultGrid.Crypto.Groups;

namespace VaultGrid.Crypto.Tests;

public sealed class PaillierKeyTests
{
    private const int Half = 128; // bytes of a prime of the unsafe size
    private static readonly RandomNumberGenerator Random = PaillierKeys.Random;

    [Fact]
    public void A_drawn_key_has_the_form_that_is_promised_and_survives_its_export()
    {
        using var key = PaillierPrivateKey.Generate(Random, PaillierModulusSize.UnsafeBits2048);
        var (p1, p2) = Primes(key);
        Assert.Equal(2048, (p1 * p2).GetBitLength());
        Assert.Equal(3, (int)(p1 % 4));
        Assert.Equal(3, (int)(p2 % 4));
        Assert.Equal(BigInteger.One, BigInteger.GreatestCommonDivisor(p1 * p2, (p1 - 1) * (p2 - 1)));

        using var primes = key.Export();
        using var again = PaillierPrivateKey.Import(primes, key.Modulus, PaillierModulusSize.UnsafeBits2048, Random).Value;
        Assert.Equal(PaillierModulusSize.UnsafeBits2048, again.Size);
        using var one = PrimeGroup.Secp256k1.RandomSecret(Random);
        using var back = again.DecryptScalar(key.Encrypt(one, again.DrawNoise(Random)), PlaintextBound.Of(1)).Value;
        Assert.Equal(one.Reveal(), back.Reveal());
        Assert.Null(again.Check(Random).Refusal);
    }

    [Fact]
    public void The_unsafe_size_is_taken_only_by_its_name()
    {
        using var primes = PaillierKeys.Shared.Export();
        Assert.NotNull(PaillierPrivateKey.Import(primes, PaillierKeys.Shared.Modulus, PaillierModulusSize.Bits3072, Random).Refusal);
        Assert.Throws<ArgumentOutOfRangeException>(() => PaillierPrivateKey.Generate(Random, (PaillierModulusSize)1024));
    }

    // CVE-2023-33241: a modulus with small factors gives the whole key away in a handful of signatures.
    public static TheoryData<string> Malformed =>
        ["small factor", "composite", "prime and one", "equal", "close", "1 mod 4", "even", "short prime", "long prime", "another modulus", "zero"];

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_malformed_key_is_refused_before_it_is_a_key(string how)
    {
        var (p1, p2) = Primes(PaillierKeys.Shared);
        var (p3, _) = Primes(PaillierKeys.Other);
        var (bad1, bad2) = how switch
        {
            "small factor" => (Shape(3 * (p1 / 3)), p2),
            "composite" => (p1, Composite()),
            "prime and one" => (p1 * p2, BigInteger.One),
            "equal" => (p1, p1),
            "close" => (p1, Next(p1)),
            "1 mod 4" => (p1, OneModFour(p2)),
            "even" => (p1, p2 + 1),
            "short prime" => (p1, Next(BigInteger.One << 1000)),
            "long prime" => (p1, Next(BigInteger.One << 1023)),
            "another modulus" => (p1, p2),
            "zero" => (p1, BigInteger.Zero),
            _ => throw new ArgumentOutOfRangeException(nameof(how)),
        };
        var modulus = how == "another modulus" ? p1 * p3 : bad1 * bad2;
        using var primes = SecretBytes.Take([.. Fixed(bad1, how == "prime and one" ? 2 * Half : Half), .. Fixed(bad2, how == "prime and one" ? 0 : Half)]);
        var outcome = PaillierPrivateKey.Import(primes, Fixed(modulus, 2 * Half), PaillierModulusSize.UnsafeBits2048, Random);
        Assert.Equal(RefusalCode.InputMalformed, outcome.Refusal?.Code);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(64)]
    [InlineData(255)]
    [InlineData(257)]
    public void A_key_of_no_known_length_is_refused(int length)
    {
        using var primes = SecretBytes.Take(new byte[length]);
        Assert.NotNull(PaillierPrivateKey.Import(primes, new byte[length], PaillierModulusSize.UnsafeBits2048, Random).Refusal);
        using var right = PaillierKeys.Shared.Export();
        Assert.NotNull(PaillierPrivateKey.Import(right, new byte[length], PaillierModulusSize.UnsafeBits2048, Random).Refusal);
    }

    // A product of two primes of 512 bits, 3 mod 4, with its two highest bits set.
    private static BigInteger Composite()
    {
        while (true)
        {
            var product = NextOf(Unsigned(RandomNumberGenerator.GetBytes(64)) | (BigInteger.One << 511), 1) * NextOf(Unsigned(RandomNumberGenerator.GetBytes(64)) | (BigInteger.One << 511), 3);
            if (product >> 1022 == 3 && product % 4 == 3) return product;
        }
    }

    // The two highest bits set and 3 mod 4, still a multiple of 3.
    private static BigInteger Shape(BigInteger number)
    {
        while (number % 4 != 3) number += number % 3 == 0 ? 3 : 1;
        return number;
    }

    private static BigInteger Next(BigInteger after) => NextOf(after + 4, 3);

    private static BigInteger OneModFour(BigInteger near) => NextOf(near, 1);

    private static BigInteger NextOf(BigInteger from, int modFour)
    {
        var candidate = from;
        while (candidate % 4 != modFour) candidate++;
        while (true)
        {
            using var number = SecretInteger.FromBytes(candidate.ToByteArray(isUnsigned: true, isBigEndian: true));
            if (number.IsProbablePrimeVarTime()) return candidate;
            candidate += 4;
        }
    }

    private static (BigInteger P1, BigInteger P2) Primes(PaillierPrivateKey key)
    {
        using var secret = key.Export();
        var bytes = new byte[secret.Length];
        secret.CopyTo(bytes);
        return (Unsigned(bytes[..Half]), Unsigned(bytes[Half..]));
    }

    private static BigInteger Unsigned(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static byte[] Fixed(BigInteger value, int length)
    {
        var bytes = value.IsZero ? [] : value.ToByteArray(isUnsigned: true, isBigEndian: true);
        return length == 0 ? [] : bytes.Length >= length ? bytes[^length..] : [.. new byte[length - bytes.Length], .. bytes];
    }
}
