using VaultGrid.Crypto.Groups;
using VaultGrid.Crypto.Tests.Groups;

namespace VaultGrid.Protocols.Tests.Sharing;

/// <summary>Everything there is, in a group of order 13.</summary>
public sealed class ToySharingTests
{
    private static readonly ToyGroup Group = ToyGroup.Instance;

    [Fact]
    public void F_shares_are_consistent_with_every_secret_equally_often()
    {
        // (5, 2): all 13^3 polynomials, every pair of parties.
        foreach (var (i, j) in from i in Enumerable.Range(1, 5) from j in Enumerable.Range(1, 5) where i < j select (i, j))
        {
            var secrets = new Dictionary<(byte, byte), HashSet<byte>>();
            foreach (var (constant, polynomial) in Polynomials(2))
            {
                var view = (Value(polynomial.Evaluate(new(i))), Value(polynomial.Evaluate(new(j))));
                if (!secrets.TryGetValue(view, out var possible)) secrets.Add(view, possible = []);
                Assert.True(possible.Add(constant), "two polynomials of one secret gave one view: the count is uneven");
            }
            Assert.Equal(13 * 13, secrets.Count);
            Assert.All(secrets.Values, possible => Assert.Equal(13, possible.Count));
        }
    }

    [Fact]
    public void Any_f_plus_1_shares_give_the_secret_and_every_share()
    {
        foreach (var (constant, polynomial) in Polynomials(1))
        {
            var commitment = polynomial.Commit();
            var shares = Enumerable.Range(1, 4).ToDictionary(i => new PartyIndex(i), i => polynomial.Evaluate(new(i)));
            Assert.All(shares, pair => Assert.True(commitment.Holds(pair.Key, pair.Value)));
            foreach (var (a, b) in from a in shares.Keys from b in shares.Keys where a < b select (a, b))
            {
                foreach (byte at in new byte[] { 0, 1, 2, 3, 4, 9 })
                {
                    var (la, lb) = (Lagrange.Coefficient(Group, [a, b], a, at), Lagrange.Coefficient(Group, [a, b], b, at));
                    using var value = shares[a].Multiply(la).Add(shares[b].Multiply(lb));
                    Assert.Equal(at == 0 ? constant : Value(polynomial.Evaluate(new(at))), value.Reveal().Bytes[^1]);
                    Assert.Equal(value.TimesGenerator(), Lagrange.Interpolate(Group, new Dictionary<PartyIndex, GroupElement> { [a] = shares[a].TimesGenerator(), [b] = shares[b].TimesGenerator() }, at));
                }
            }
        }
    }

    [Fact]
    public void Of_all_values_one_is_the_share()
    {
        foreach (var (_, polynomial) in Polynomials(1))
        {
            var good = Enumerable.Range(0, 13).Count(v => polynomial.Commit().Holds(new(3), Secret((byte)v)));
            Assert.Equal(1, good);
        }
    }

    [Fact]
    public void A_sharing_of_zero_moves_every_share_and_no_secret()
    {
        foreach (var (constant, polynomial) in Polynomials(1))
        {
            for (byte slope = 0; slope < 13; slope++)
            {
                using var zero = SecretPolynomial.FromSecret(Group, 1, Encode([0, slope])).Value;
                using var one = polynomial.Evaluate(new(1)).Add(zero.Evaluate(new(1)));
                using var two = polynomial.Evaluate(new(2)).Add(zero.Evaluate(new(2)));
                using var secret = one.Multiply(Lagrange.Coefficient(Group, [new(1), new(2)], new(1))).Add(two.Multiply(Lagrange.Coefficient(Group, [new(1), new(2)], new(2))));
                Assert.Equal(constant, Value(secret));
            }
        }
    }

    [Fact]
    public void Interpolation_refuses_an_index_twice()
    {
        Assert.Throws<ArgumentException>(() => Lagrange.Coefficient(Group, [new(1), new(1), new(2)], new(1)));
        Assert.Throws<ArgumentException>(() => Lagrange.Coefficient(Group, [new(1), new(2)], new(3)));
    }

    private static IEnumerable<(byte Constant, SecretPolynomial Polynomial)> Polynomials(int degree)
    {
        var count = (int)Math.Pow(13, degree + 1);
        for (var number = 0; number < count; number++)
        {
            var coefficients = new byte[degree + 1];
            for (var (k, rest) = (0, number); k <= degree; k++, rest /= 13) coefficients[k] = (byte)(rest % 13);
            using var polynomial = SecretPolynomial.FromSecret(Group, degree, Encode(coefficients)).Value;
            yield return (coefficients[0], polynomial);
        }
    }

    private static SecretBytes Encode(byte[] coefficients) => SecretBytes.Take([.. coefficients.SelectMany(c => (byte[])[.. new byte[31], c])]);

    private static SecretScalar Secret(byte value) => Group.DecodeSecret(Encode([value])).Value;

    private static byte Value(SecretScalar scalar)
    {
        using (scalar) return scalar.Reveal().Bytes[^1];
    }
}
