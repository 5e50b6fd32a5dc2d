using System.Numerics;
using VaultGrid.Crypto.Bls12381;

namespace VaultGrid.Crypto.Tests.Bls12381;

public sealed class BaseFieldTests
{
    private readonly SeededBytes _random = new();

    [Fact]
    public void Sums_differences_and_products_are_those_of_whole_numbers()
    {
        for (var i = 0; i < 4000; i++)
        {
            var (a, b) = (_random.Next(Numbers.P), _random.Next(Numbers.P));
            var (x, y) = (a.ToFp(), b.ToFp());
            Agree((a + b) % Numbers.P, x + y, a, b);
            Agree((a - b + Numbers.P) % Numbers.P, x - y, a, b);
            Agree(a * b % Numbers.P, x * y, a, b);
            Agree((Numbers.P - a) % Numbers.P, -x, a, b);
            Agree(a * a % Numbers.P, Fp.Square(x), a, b);
        }
    }

    [Fact]
    public void A_sum_of_products_is_reduced_once_and_right()
    {
        for (var i = 0; i < 4000; i++)
        {
            var (a, b, c, d) = (_random.Next(Numbers.P), _random.Next(Numbers.P), _random.Next(Numbers.P), _random.Next(Numbers.P));
            Agree(((a * b) + (c * d)) % Numbers.P, Fp.SumOfProducts(a.ToFp(), b.ToFp(), c.ToFp(), d.ToFp()), a, b);
        }

        var largest = (Numbers.P - 1).ToFp();
        Agree(2, Fp.SumOfProducts(largest, largest, largest, largest), Numbers.P - 1, Numbers.P - 1);
    }

    [Fact]
    public void Inverses_and_roots_are_what_they_say()
    {
        Assert.Equal(BigInteger.Zero, Fp.Invert(default).ToNumber());
        for (var i = 0; i < 200; i++)
        {
            var a = _random.Next(Numbers.P);
            if (a.IsZero) continue;
            Agree(BigInteger.ModPow(a, Numbers.P - 2, Numbers.P), Fp.Invert(a.ToFp()), a, a);
            var isSquare = BigInteger.ModPow(a, (Numbers.P - 1) / 2, Numbers.P).IsOne;
            Assert.True(Fp.TryRoot(a.ToFp(), out var root) == isSquare, $"{_random}: {a}");
            if (isSquare) Agree(a, Fp.Square(root), a, a);
        }
    }

    [Fact]
    public void Numbers_that_are_not_below_the_modulus_are_refused()
    {
        foreach (var number in new[] { Numbers.P, Numbers.P + 1, (BigInteger.One << 381) - 1, (BigInteger.One << 384) - 1 })
            Assert.False(Fp.TryRead(Numbers.Write(number, 48), out _));
        Assert.True(Fp.TryRead(Numbers.Write(Numbers.P - 1, 48), out var largest));
        Assert.Equal(Numbers.P - 1, largest.ToNumber());
        Assert.False(Fp.TryRead(new byte[47], out _));
        Assert.False(Fp.TryRead(new byte[49], out _));
    }

    [Fact]
    public void Wide_numbers_are_reduced()
    {
        for (var i = 0; i < 500; i++)
        {
            var wide = i == 0 ? [.. Enumerable.Repeat((byte)0xff, 64)] : _random.Next(64);
            Agree(Numbers.Read(wide) % Numbers.P, Fp.Reduce(wide), Numbers.Read(wide), 0);
        }
    }

    [Fact]
    public void Signs_split_the_field_in_half()
    {
        var half = (Numbers.P - 1) / 2;
        foreach (var (number, greater) in new[] { (BigInteger.Zero, false), (BigInteger.One, false), (half, false), (half + 1, true), (Numbers.P - 1, true) })
        {
            Assert.Equal(greater ? ulong.MaxValue : 0, number.ToFp().IsGreaterMask);
            Assert.Equal(number.IsEven ? 0 : ulong.MaxValue, number.ToFp().SignMask);
        }
    }

    [Fact]
    public void Masks_are_all_ones_or_zero()
    {
        for (var i = 0; i < 500; i++)
        {
            var (a, b) = (_random.Next(Numbers.P), _random.Next(Numbers.P));
            Assert.Equal(a.IsZero ? ulong.MaxValue : 0, a.ToFp().IsZeroMask);
            Assert.Equal(a == b ? ulong.MaxValue : 0, a.ToFp().EqualMask(b.ToFp()));
            Agree(a, Fp.Select(a.ToFp(), b.ToFp(), 0), a, b);
            Agree(b, Fp.Select(a.ToFp(), b.ToFp(), ulong.MaxValue), a, b);
        }
    }

    private void Agree(BigInteger expected, in Fp actual, BigInteger a, BigInteger b) =>
        Assert.True(expected == actual.ToNumber(), $"{_random}: {a:x}, {b:x}");
}
