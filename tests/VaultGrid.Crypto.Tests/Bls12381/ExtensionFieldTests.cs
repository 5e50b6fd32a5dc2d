using System.Numerics;
using VaultGrid.Crypto.Bls12381;

namespace VaultGrid.Crypto.Tests.Bls12381;

public sealed class ExtensionFieldTests
{
    private readonly SeededBytes _random = new();

    [Fact]
    public void Fp2_multiplies_like_complex_numbers()
    {
        for (var i = 0; i < 1000; i++)
        {
            var (a, b) = (_random.NextFp2(), _random.NextFp2());
            var (a0, a1, b0, b1) = (a.C0.ToNumber(), a.C1.ToNumber(), b.C0.ToNumber(), b.C1.ToNumber());
            var product = a * b;
            Assert.True(((((a0 * b0) - (a1 * b1)) % Numbers.P) + Numbers.P) % Numbers.P == product.C0.ToNumber(), $"{_random}");
            Assert.True(((a0 * b1) + (a1 * b0)) % Numbers.P == product.C1.ToNumber(), $"{_random}");
            Assert.True(Fp2.Square(a).Equals(a * a), $"{_random}");
            Assert.True(a.TimesXi().Equals(a * new Fp2(Fp.One, Fp.One)), $"{_random}");
            Assert.True(a.IsZeroMask != 0 || (a * Fp2.Invert(a)).Equals(Fp2.One), $"{_random}");
        }
    }

    [Fact]
    public void A_root_in_Fp2_squares_to_what_it_is_the_root_of_and_exists_for_half_of_all()
    {
        var squares = 0;
        for (var i = 0; i < 400; i++)
        {
            // Every fifth is real or imaginary, where the complex method has its corners.
            var a = (i % 5) switch
            {
                0 => new Fp2(_random.Next(Numbers.P).ToFp(), default),
                1 => new Fp2(default, _random.Next(Numbers.P).ToFp()),
                _ => _random.NextFp2(),
            };
            var isSquare = a.IsZeroMask != 0 || BigInteger.ModPow(a.Norm().ToNumber(), (Numbers.P - 1) / 2, Numbers.P).IsOne;
            Assert.True(Fp2.TryRoot(a, out var root) == isSquare, $"{_random}");
            if (!isSquare) continue;
            squares++;
            Assert.True(Fp2.Square(root).Equals(a), $"{_random}");
        }

        Assert.InRange(squares, 200, 350);
    }

    [Fact]
    public void A_ratio_or_Z_times_it_has_a_root()
    {
        for (var i = 0; i < 300; i++)
        {
            var (n, d) = (_random.NextFp2(), _random.NextFp2());
            if (d.IsZeroMask != 0) continue;
            var isSquare = G2Suite.SqrtRatio(n, d, out var root);
            Assert.True((Fp2.Square(root) * d).Equals(isSquare != 0 ? n : n * G2Suite.Z), $"{_random}");

            var (u, v) = (n.C0, d.C0);
            if (v.IsZeroMask != 0) continue;
            var isSquareInFp = G1Suite.SqrtRatio(u, v, out var rootInFp);
            Assert.True((Fp.Square(rootInFp) * v).Equals(isSquareInFp != 0 ? u : u * G1Suite.Z), $"{_random}");
        }
    }

    [Fact]
    public void Fp6_and_Fp12_are_rings_with_inverses()
    {
        for (var i = 0; i < 200; i++)
        {
            var (a, b, c) = (_random.NextFp12(), _random.NextFp12(), _random.NextFp12());
            Assert.True((a * b).Equals(b * a), $"{_random}");
            Assert.True((a * b * c).Equals(a * (b * c)), $"{_random}");
            Assert.True((a * new Fp12(b.C0 + c.C0, b.C1 + c.C1)).Equals(new Fp12((a * b).C0 + (a * c).C0, (a * b).C1 + (a * c).C1)), $"{_random}");
            Assert.True(Fp12.Square(a).Equals(a * a), $"{_random}");
            Assert.True((a * Fp12.Invert(a)).Equals(Fp12.One), $"{_random}");
            Assert.True((a.C0 * Fp6.Invert(a.C0)).Equals(Fp6.One), $"{_random}");
        }
    }

    [Fact]
    public void The_towers_are_built_on_u_v_and_w()
    {
        var v = new Fp6(default, Fp2.One, default);
        var xi = new Fp6(new Fp2(Fp.One, Fp.One), default, default);
        Assert.True((v * v * v).Equals(xi));
        var w = new Fp12(default, Fp6.One);
        Assert.True((w * w).Equals(new Fp12(v, default)));
        Assert.True(v.TimesV().Equals(v * v));
    }

    [Fact]
    public void Sparse_products_are_products()
    {
        for (var i = 0; i < 100; i++)
        {
            var a = _random.NextFp12();
            var (b0, b1, b4) = (_random.NextFp2(), _random.NextFp2(), _random.NextFp2());
            Assert.True(a.C0.Times01(b0, b1).Equals(a.C0 * new Fp6(b0, b1, default)), $"{_random}");
            Assert.True(a.C0.Times1(b1).Equals(a.C0 * new Fp6(default, b1, default)), $"{_random}");
            Assert.True(a.Times014(b0, b1, b4).Equals(a * new Fp12(new Fp6(b0, b1, default), new Fp6(default, b4, default))), $"{_random}");
        }
    }

    [Fact]
    public void Frobenius_is_the_power_of_p()
    {
        var a = _random.NextFp12();
        Assert.True(a.Frobenius().Equals(Power(a, Numbers.P)), $"{_random}");
        var sixth = a;
        for (var i = 0; i < 6; i++) sixth = sixth.Frobenius();
        Assert.True(sixth.Equals(a.Conjugate()), $"{_random}");
    }

    [Fact]
    public void The_final_exponentiation_is_the_power_it_says()
    {
        // 3·(p^12 - 1)/r, by square and multiply; and cyclotomic squares are squares in the subgroup.
        var a = _random.NextFp12();
        var expected = Power(a, 3 * (BigInteger.Pow(Numbers.P, 12) - 1) / Numbers.R);
        Assert.True(FinalExponentiation.Run(a).Equals(expected), $"{_random}");
        Assert.True(Fp12.CyclotomicSquare(expected).Equals(expected * expected), $"{_random}");
        Assert.True(Power(expected, Numbers.R).Equals(Fp12.One), $"{_random}");
    }

    private static Fp12 Power(Fp12 a, BigInteger exponent)
    {
        var result = Fp12.One;
        for (var bit = (int)exponent.GetBitLength() - 1; bit >= 0; bit--)
        {
            result = Fp12.Square(result);
            if (!(exponent >> bit).IsEven) result *= a;
        }

        return result;
    }
}
