using System.Security.Cryptography;
using VaultGrid.Crypto.Bls12381;

namespace VaultGrid.Crypto.Tests.Bls12381;

public sealed class PairingTests
{
    private readonly SeededBytes _random = new();

    [Fact]
    public void Pairings_are_those_of_another_library()
    {
        foreach (var vector in GeneratedVectors.Read("bls-pairings"))
        {
            var value = Pairing.Compute(G1Point.Parse(vector.Bytes("p")).Value, G2Point.Parse(vector.Bytes("q")).Value);
            Assert.Equal(vector.Bytes("digest"), SHA256.HashData(Bytes(value.Value)));
        }
    }

    [Fact]
    public void Scalars_move_from_either_side_into_the_exponent()
    {
        for (var i = 0; i < 20; i++)
        {
            var (a, b) = (_random.Next(Numbers.R).ToScalar(), _random.Next(Numbers.R).ToScalar());
            var (p, q) = (_random.NextG1(), _random.NextG2());
            var value = Pairing.Compute(p, q);
            Assert.True(Pairing.Compute(p.MultiplyVarTime(a), q.MultiplyVarTime(b)).Equals(value.PowerVarTime(a * b)), $"{_random}");
            Assert.True(Pairing.Compute(p.MultiplyVarTime(a * b), q).Equals(Pairing.Compute(p, q.MultiplyVarTime(a * b))), $"{_random}");
        }
    }

    [Fact]
    public void Sums_on_either_side_become_products()
    {
        for (var i = 0; i < 10; i++)
        {
            var (p1, p2, q1, q2) = (_random.NextG1(), _random.NextG1(), _random.NextG2(), _random.NextG2());
            Assert.True(Pairing.Compute(p1.Add(p2), q1).Equals(Pairing.Compute(p1, q1).Multiply(Pairing.Compute(p2, q1))), $"{_random}");
            Assert.True(Pairing.Compute(p1, q1.Add(q2)).Equals(Pairing.Compute(p1, q1).Multiply(Pairing.Compute(p1, q2))), $"{_random}");
        }
    }

    [Fact]
    public void The_pairing_of_generators_is_not_one_and_has_order_r()
    {
        var value = Pairing.Compute(G1Point.Generator, G2Point.Generator);
        Assert.False(value.IsOne);
        Assert.True(value.PowerVarTime(-BlsScalar.One).Multiply(value).IsOne);
        Assert.Equal(value.GetHashCode(), Pairing.Compute(G1Point.Generator, G2Point.Generator).GetHashCode());
    }

    [Fact]
    public void Infinity_on_either_side_gives_one()
    {
        Assert.True(Pairing.Compute(G1Point.Identity, G2Point.Generator).IsOne);
        Assert.True(Pairing.Compute(G1Point.Generator, G2Point.Identity).IsOne);
        Assert.True(Pairing.IsProductOne());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void A_product_computed_at_once_is_the_product(int count)
    {
        var pairs = Enumerable.Range(0, count).Select(_ => (P: _random.NextG1(), Q: _random.NextG2())).ToList();
        pairs.Add((G1Point.Identity, _random.NextG2()));
        var product = pairs.Select(pair => Pairing.Compute(pair.P, pair.Q)).Aggregate((a, b) => a.Multiply(b));
        Assert.Equal(product, Pairing.ComputeProduct([.. pairs.Select(pair => (pair.P, new PreparedG2(pair.Q)))]));
        Assert.False(Pairing.IsProductOne([.. pairs.Select(pair => (pair.P, new PreparedG2(pair.Q)))]));

        // The same pairs with one side negated cancel.
        var both = pairs.Concat(pairs.Select(pair => (P: pair.P.Negate(), pair.Q)));
        Assert.True(Pairing.IsProductOne([.. both.Select(pair => (pair.P, new PreparedG2(pair.Q)))]), $"{_random}");
    }

    private static byte[] Bytes(Fp12 value)
    {
        var bytes = new byte[12 * Fp.Length];
        var at = 0;
        foreach (var six in new[] { value.C0, value.C1 })
        {
            foreach (var two in new[] { six.C0, six.C1, six.C2 })
            {
                two.C0.Write(bytes.AsSpan(at, Fp.Length));
                two.C1.Write(bytes.AsSpan(at + Fp.Length, Fp.Length));
                at += 2 * Fp.Length;
            }
        }

        return bytes;
    }
}
