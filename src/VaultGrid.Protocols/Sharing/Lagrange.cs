using System.Collections.Concurrent;
using VaultGrid.Crypto.Groups;

namespace VaultGrid.Protocols;

/// <summary>Interpolation: the factors with which values at some indices are summed to give the value at another.</summary>
public static class Lagrange
{
    private const int MostKept = 4096;

    // Inverting a denominator takes a sixth of a signer's time, and the same holders sign again and again. Public, all of it.
    private static readonly ConcurrentDictionary<(PrimeGroup Group, string Indices, byte Index, byte At), PublicScalar> Known = new();

    /// <summary>λ_i with F(at) = Σ λ_i·F(i) for polynomials of degree below the number of indices.</summary>
    /// <param name="group">The group whose order the factors are modulo.</param>
    /// <param name="indices">Distinct; <paramref name="index"/> among them.</param>
    /// <param name="index">Whose factor.</param>
    /// <param name="at">Where the polynomial is wanted; 0 is the secret's place.</param>
    /// <exception cref="ArgumentException">An index twice, or the one asked for is not there.</exception>
    public static PublicScalar Coefficient(PrimeGroup group, IReadOnlyCollection<PartyIndex> indices, PartyIndex index, byte at = 0)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(indices);
        if (!indices.Contains(index) || indices.Distinct().Count() != indices.Count)
            throw new ArgumentException("Interpolation needs distinct indices, the one asked for among them.", nameof(indices));
        var name = (group, string.Concat(indices.Select(one => (char)one.Value).Order()), index.Value, at);
        if (Known.TryGetValue(name, out var known)) return known;
        if (Known.Count >= MostKept) Known.Clear();
        return Known[name] = Compute(group, indices, index, at);
    }

    /// <summary>Σ λ_i·P_i: interpolation in the exponent.</summary>
    public static GroupElement Interpolate(PrimeGroup group, IReadOnlyDictionary<PartyIndex, GroupElement> values, byte at = 0)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(values);
        PartyIndex[] indices = [.. values.Keys];
        return GroupElement.Sum([group.Identity, .. values.Select(pair => pair.Value.MultiplyVarTime(Coefficient(group, indices, pair.Key, at)))]);
    }

    private static PublicScalar Compute(PrimeGroup group, IReadOnlyCollection<PartyIndex> indices, PartyIndex index, byte at)
    {
        // L_i(x) = Π_{j≠i} (x − j)/(i − j)
        var (x, i) = (group.Scalar(at), group.Scalar(index.Value));
        var (numerator, denominator) = (group.One, group.One);
        foreach (var other in indices)
        {
            if (other == index) continue;
            var j = group.Scalar(other.Value);
            numerator *= x - j;
            denominator *= i - j;
        }
        return numerator * denominator.Invert();
    }
}
