using System.Numerics;
using VaultGrid.Crypto.Bls12381;
using VaultGrid.Crypto.Fields;
using VaultGrid.Crypto.HashToCurve;

namespace VaultGrid.Crypto.Tests.Bls12381;

public sealed class ScalarTests
{
    private readonly SeededBytes _random = new();

    [Fact]
    public void Arithmetic_modulo_the_group_order_is_that_of_whole_numbers() => Compare<GroupOrder>();

    [Fact]
    public void Arithmetic_modulo_the_prime_of_secp256k1_is_that_of_whole_numbers() => Compare<Secp256k1Modulus>();

    [Fact]
    public void Digits_in_base_z_make_up_the_scalar_again()
    {
        var corners = new[] { 0, 1, Numbers.Z - 1, Numbers.Z, Numbers.Z * Numbers.Z, (Numbers.Z * Numbers.Z) - 1, Numbers.R - 1, BigInteger.Pow(Numbers.Z, 3) };
        var digits = new ulong[4];
        for (var i = 0; i < 3000; i++)
        {
            var number = i < corners.Length ? corners[i] : _random.Next(Numbers.R);
            CurveParameter.Digits(number.ToScalar().Value, digits);
            Assert.All(digits, d => Assert.True(d < CurveParameter.Z));
            var sum = digits.Reverse().Aggregate(BigInteger.Zero, (value, digit) => (value * Numbers.Z) + digit);
            Assert.True(sum == number, $"{_random}: {number:x}");
        }
    }

    [Fact]
    public void Public_scalars_calculate_and_refuse_what_is_not_one()
    {
        var (a, b) = (_random.Next(Numbers.R), _random.Next(Numbers.R - 1) + 1);
        Assert.Equal((a + b) % Numbers.R, (a.ToScalar() + b.ToScalar()).ToNumber());
        Assert.Equal((a - b + Numbers.R) % Numbers.R, (a.ToScalar() - b.ToScalar()).ToNumber());
        Assert.Equal(a * b % Numbers.R, (a.ToScalar() * b.ToScalar()).ToNumber());
        Assert.Equal(BlsScalar.One, b.ToScalar() * b.ToScalar().Invert());
        Assert.True(-BlsScalar.Zero == BlsScalar.Zero && BlsScalar.Zero != BlsScalar.One);
        Assert.Throws<DivideByZeroException>(() => BlsScalar.Zero.Invert());
        Assert.Equal(RefusalCode.InputMalformed, BlsScalar.Parse(Numbers.Write(Numbers.R, 32)).Refusal!.Code);
        Assert.Equal(RefusalCode.InputMalformed, BlsScalar.Parse(new byte[31]).Refusal!.Code);
        Assert.Equal(RefusalCode.InputMalformed, BlsScalar.Parse(new byte[33]).Refusal!.Code);
    }

    [Fact]
    public void Secret_scalars_calculate_as_public_ones_do()
    {
        for (var i = 0; i < 200; i++)
        {
            var (a, b) = (_random.Next(Numbers.R), _random.Next(Numbers.R));
            using var x = BlsSecretScalar.Take(Numbers.Write(a, 32)).Value;
            using var y = BlsSecretScalar.From(b.ToScalar());
            Agree((a + b) % Numbers.R, x.Add(y));
            Agree((a - b + Numbers.R) % Numbers.R, x.Subtract(y));
            Agree(a * b % Numbers.R, x.Multiply(y));
            Agree(a * b % Numbers.R, x.Multiply(b.ToScalar()));
            Agree(BigInteger.ModPow(a, Numbers.R - 2, Numbers.R), x.Invert());
            Agree(a, x.Clone());
            Agree((a + (b * 7) + (a * 49)) % Numbers.R, BlsSecretScalar.Evaluate([x, y, x], BlsScalar.From(7)));
            Assert.Equal(a.IsZero, x.IsZero);
        }
    }

    [Fact]
    public void A_taken_secret_leaves_nothing_where_it_came_from()
    {
        var good = Numbers.Write(Numbers.R - 1, 32);
        BlsSecretScalar.Take(good).Value.Dispose();
        Assert.All(good, b => Assert.Equal(0, b));
        var bad = Numbers.Write(Numbers.R, 32);
        Assert.Equal(RefusalCode.InputMalformed, BlsSecretScalar.Take(bad).Refusal!.Code);
        Assert.All(bad, b => Assert.Equal(0, b));
        Assert.NotNull(BlsSecretScalar.Take(new byte[31]).Refusal);
    }

    [Fact]
    public void Uniform_secrets_are_reduced()
    {
        for (var length = 33; length <= 64; length++)
        {
            var bytes = _random.Next(length);
            var number = Numbers.Read(bytes);
            using var wide = SecretBytes.Take(bytes);
            Agree(number % Numbers.R, BlsSecretScalar.Reduce(wide));
        }
    }

    private void Agree(BigInteger expected, BlsSecretScalar actual)
    {
        using (actual)
        {
            using var bytes = actual.ToBytes();
            var plain = new byte[32];
            bytes.CopyTo(plain);
            Assert.True(expected == Numbers.Read(plain), $"{_random}");
        }
    }

    private void Compare<TModulus>()
        where TModulus : struct, IModulus
    {
        var modulus = Numbers.Read(TModulus.BigEndian);
        Residue<TModulus> From(BigInteger n) => Residue<TModulus>.TryRead(Numbers.Write(n, 32), out var value) ? value : throw new ArgumentException("too large");
        BigInteger To(Residue<TModulus> value)
        {
            var bytes = new byte[32];
            value.Write(bytes);
            return Numbers.Read(bytes);
        }

        for (var i = 0; i < 3000; i++)
        {
            var (a, b) = (_random.Next(modulus), _random.Next(modulus));
            Assert.True(To(From(a) + From(b)) == (a + b) % modulus, $"{_random}");
            Assert.True(To(From(a) - From(b)) == (a - b + modulus) % modulus, $"{_random}");
            Assert.True(To(From(a) * From(b)) == a * b % modulus, $"{_random}");
            if (i % 50 == 0) Assert.True(To(Residue<TModulus>.Invert(From(a))) == BigInteger.ModPow(a, modulus - 2, modulus), $"{_random}");
            var wide = _random.Next(33 + _random.NextInt(32));
            Assert.True(To(Residue<TModulus>.Reduce(wide)) == Numbers.Read(wide) % modulus, $"{_random}");
        }

        Assert.Equal((modulus - 1) * (modulus - 1) % modulus, To(From(modulus - 1) * From(modulus - 1)));
        Assert.False(Residue<TModulus>.TryRead(Numbers.Write(modulus, 32), out _));
        Assert.Equal(ulong.MaxValue % modulus, To(Residue<TModulus>.From(ulong.MaxValue)));
    }
}
