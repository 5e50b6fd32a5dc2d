using System.Numerics;
using VaultGrid.Crypto.Bls12381;
using VaultGrid.Crypto.Fields;

namespace VaultGrid.Crypto.Tests.Bls12381;

public sealed class GroupLawTests
{
    // Cofactors: (x - 1)^2/3 on the curve, and the twist's (draft-irtf-cfrg-pairing-friendly-curves).
    private static readonly BigInteger H1 = Numbers.Parse("396c8c005555e1568c00aaab0000aaab");
    private static readonly BigInteger H2 = Numbers.Parse(
        "5d543a95414e7f1091d50792876a202cd91de4547085abaa68a205b2e5a7ddfa628f1cb4d9e82ef21537e293a6691ae1616ec6e786f0c70cf1c38e31c7238e5");

    private readonly SeededBytes _random = new();

    [Fact]
    public void Points_of_the_curve_obey_the_laws_of_a_group() => Obey(_random.NextOnCurve1);

    [Fact]
    public void Points_of_the_twist_obey_the_laws_of_a_group() => Obey(_random.NextOnCurve2);

    [Fact]
    public void Orders_and_cofactors_are_the_published_ones()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.True((H1 * Numbers.R).Times(_random.NextOnCurve1()).IsInfinity, $"{_random}");
            Assert.True((H2 * Numbers.R).Times(_random.NextOnCurve2()).IsInfinity, $"{_random}");
        }

        Assert.True(Numbers.R.Times(G1Curve.Generator).IsInfinity);
        Assert.True(Numbers.R.Times(G2Curve.Generator).IsInfinity);
    }

    [Fact]
    public void The_quick_test_for_the_group_says_what_multiplying_by_its_order_says()
    {
        for (var i = 0; i < 20; i++)
        {
            var (p, q) = (_random.NextOnCurve1(), _random.NextOnCurve2());
            Assert.Equal(Numbers.R.Times(p).IsInfinity, G1Curve.IsInGroup(p));
            Assert.Equal(Numbers.R.Times(q).IsInfinity, G2Curve.IsInGroup(q));
            Assert.True(G1Curve.IsInGroup(H1.Times(p)), $"{_random}");
            Assert.True(G2Curve.IsInGroup(H2.Times(q)), $"{_random}");
            Assert.True(G1Curve.IsInGroup(G1Curve.ClearCofactor(p)), $"{_random}");
            Assert.True(G2Curve.IsInGroup(G2Curve.ClearCofactor(q)), $"{_random}");
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(11)]
    [InlineData(10177)]
    [InlineData(859267)]
    [InlineData(52437899)]
    public void A_point_of_small_order_on_the_curve_is_refused(int order)
    {
        var point = Order(H1 * Numbers.R, order, _random.NextOnCurve1);
        Assert.False(G1Curve.IsInGroup(point));
        Refused(G1Point.Parse(PointEncoding<Fp, G1Curve>.Compress(point)));
        Refused(G1Point.ParseUncompressed(PointEncoding<Fp, G1Curve>.Write(point)));

        // Hidden in a point of full order as well.
        var mixed = point + _random.NextG1().Value;
        Refused(G1Point.Parse(PointEncoding<Fp, G1Curve>.Compress(mixed)));
    }

    [Theory]
    [InlineData(13)]
    [InlineData(23)]
    [InlineData(2713)]
    [InlineData(11953)]
    [InlineData(262069)]
    public void A_point_of_small_order_on_the_twist_is_refused(int order)
    {
        var point = Order(H2 * Numbers.R, order, _random.NextOnCurve2);
        Assert.False(G2Curve.IsInGroup(point));
        Refused(G2Point.Parse(PointEncoding<Fp2, G2Curve>.Compress(point)));
        Refused(G2Point.ParseUncompressed(PointEncoding<Fp2, G2Curve>.Write(point)));
        var mixed = point + _random.NextG2().Value;
        Refused(G2Point.Parse(PointEncoding<Fp2, G2Curve>.Compress(mixed)));
    }

    [Fact]
    public void The_point_0_2_of_order_three_is_refused()
    {
        var point = new Projective<Fp, G1Curve>(default, Fp.From(2));
        Assert.True(point.IsOnCurve);
        Assert.True((point + point + point).IsInfinity);
        Refused(G1Point.Parse(PointEncoding<Fp, G1Curve>.Compress(point)));
    }

    private static void Refused<T>(Outcome<T> outcome)
        where T : notnull
    {
        Assert.Equal(RefusalCode.InputMalformed, outcome.Refusal!.Code);
        Assert.Contains("not in the group", outcome.Refusal.Detail, StringComparison.Ordinal);
    }

    // A point of exactly the prime order: the curve's order over it, times points, until that is not infinity.
    private static Projective<TField, TCurve> Order<TField, TCurve>(BigInteger curveOrder, int order, Func<Projective<TField, TCurve>> next)
        where TField : unmanaged, IField<TField>
        where TCurve : unmanaged, ICurve<TField>
    {
        // The curve has all points of that order where the square of the order divides: strip every factor but leave one at the end.
        var rest = curveOrder;
        while ((rest % order).IsZero) rest /= order;
        while (true)
        {
            var point = rest.Times(next());
            if (point.IsInfinity) continue;
            while (!((BigInteger)order).Times(point).IsInfinity) point = ((BigInteger)order).Times(point);
            return point;
        }
    }

    private void Obey<TField, TCurve>(Func<Projective<TField, TCurve>> next)
        where TField : unmanaged, IField<TField>
        where TCurve : unmanaged, ICurve<TField>
    {
        var infinity = Projective<TField, TCurve>.Infinity;
        for (var i = 0; i < 100; i++)
        {
            var (p, q, s) = (next(), next(), next());
            Assert.True(p.IsOnCurve && (p + q).IsOnCurve, $"{_random}");
            Assert.True((p + q).Equals(q + p), $"{_random}");
            Assert.True((p + q + s).Equals(p + (q + s)), $"{_random}");
            Assert.True((p + infinity).Equals(p) && (infinity + p).Equals(p), $"{_random}");
            Assert.True((p - p).IsInfinity && (-p + p).IsInfinity, $"{_random}");
            Assert.True((p + p).Equals(Projective<TField, TCurve>.Double(p)), $"{_random}");
            Assert.False(p.Equals(q) || p.Equals(-p) || p.Equals(infinity) || infinity.Equals(p), $"{_random}");

            // The textbook's chord, in affine coordinates.
            p.ToAffine(out var x1, out var y1);
            q.ToAffine(out var x2, out var y2);
            var slope = (y2 - y1) * TField.Invert(x2 - x1);
            var x3 = TField.Square(slope) - x1 - x2;
            Assert.True((p + q).Equals(new Projective<TField, TCurve>(x3, (slope * (x1 - x3)) - y1)), $"{_random}");
        }

        Assert.True((infinity + infinity).IsInfinity && Projective<TField, TCurve>.Double(infinity).IsInfinity);
        infinity.ToAffine(out var zeroX, out var zeroY);
        Assert.True(zeroX.IsZeroMask != 0 && zeroY.IsZeroMask != 0);
    }
}
