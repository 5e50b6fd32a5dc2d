using VaultGrid.Crypto.Bls12381;

namespace VaultGrid.Crypto.Tests.Bls12381;

public sealed class MultiplicationTests
{
    private readonly SeededBytes _random = new();

    [Fact]
    public void Multiples_and_sums_are_those_of_another_library()
    {
        foreach (var vector in GeneratedVectors.Read("bls-multiples"))
        {
            var (p, q) = (G1Point.Parse(vector.Bytes("p")).Value, G2Point.Parse(vector.Bytes("q")).Value);
            var k = BlsScalar.Parse(vector.Bytes("scalar")).Value;
            using var secret = BlsSecretScalar.Take(vector.Bytes("scalar")).Value;
            Assert.Equal(vector.Bytes("g1"), p.Multiply(secret).Compressed);
            Assert.Equal(vector.Bytes("g2"), q.Multiply(secret).Compressed);
            Assert.Equal(vector.Bytes("g1"), p.MultiplyVarTime(k).Compressed);
            Assert.Equal(vector.Bytes("g2"), q.MultiplyVarTime(k).Compressed);
            Assert.Equal(vector.Bytes("sum1"), p.MultiplyVarTime(k).Add(p).Compressed);
            Assert.Equal(vector.Bytes("sum2"), q.MultiplyVarTime(k).Add(q).Compressed);
        }
    }

    [Fact]
    public void Both_ways_to_multiply_agree_with_double_and_add()
    {
        var z2 = Numbers.Z * Numbers.Z;
        var corners = new[] { 0, 1, 2, 15, 16, Numbers.Z - 1, Numbers.Z, Numbers.Z + 1, z2 - 1, z2, z2 + 1, z2 * Numbers.Z, Numbers.R - 1, Numbers.R - 2 };
        var (p, q) = (_random.NextG1(), _random.NextG2());
        for (var i = 0; i < 100; i++)
        {
            var k = i < corners.Length ? corners[i] : _random.Next(Numbers.R);
            using var secret = BlsSecretScalar.From(k.ToScalar());
            Assert.True(p.Multiply(secret).Value.Equals(k.Times(p.Value)), $"{_random}: {k:x}");
            Assert.True(q.Multiply(secret).Value.Equals(k.Times(q.Value)), $"{_random}: {k:x}");
            Assert.True(p.MultiplyVarTime(k.ToScalar()).Value.Equals(k.Times(p.Value)), $"{_random}: {k:x}");
            Assert.True(q.MultiplyVarTime(k.ToScalar()).Value.Equals(k.Times(q.Value)), $"{_random}: {k:x}");
        }

        using var any = BlsSecretScalar.From(_random.Next(Numbers.R).ToScalar());
        Assert.True(G1Point.Identity.Multiply(any).IsIdentity && G2Point.Identity.Multiply(any).IsIdentity);
    }

    // Below and above the number of points from which buckets are used.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(47)]
    [InlineData(48)]
    [InlineData(130)]
    public void A_linear_combination_is_the_sum_of_its_terms(int count)
    {
        var points1 = Enumerable.Range(0, count).Select(i => i % 9 == 5 ? G1Point.Identity : _random.NextG1()).ToArray();
        var points2 = Enumerable.Range(0, count).Select(_ => _random.NextG2()).ToArray();
        var scalars = Enumerable.Range(0, count).Select(i => (i % 7) switch { 3 => BlsScalar.Zero, 4 => BlsScalar.One, _ => _random.Next(Numbers.R).ToScalar() }).ToArray();
        if (count > 2) (points1[2], points2[2]) = (points1[1].Negate(), points2[1]);

        Assert.Equal(G1Point.Sum([.. points1.Zip(scalars, (p, k) => p.MultiplyVarTime(k))]), G1Point.LinearCombinationVarTime(points1, scalars));
        Assert.Equal(G2Point.Sum([.. points2.Zip(scalars, (p, k) => p.MultiplyVarTime(k))]), G2Point.LinearCombinationVarTime(points2, scalars));
    }

    [Fact]
    public void A_combination_wants_as_many_scalars_as_points() =>
        Assert.Throws<ArgumentException>(() => G1Point.LinearCombinationVarTime([G1Point.Generator], []));

    [Fact]
    public void The_steps_are_the_multiplications_they_stand_for()
    {
        var (p, q) = (_random.NextG1().Value, _random.NextG2().Value);
        G1Curve.Step(p, out var p2);
        Assert.True(p2.Equals((Numbers.Z * Numbers.Z).Times(p)), $"{_random}");
        G2Curve.Step(q, out var q2);
        Assert.True(q2.Equals(Numbers.Z.Times(q)), $"{_random}");
    }
}
