using VaultGrid.Crypto.Groups;

namespace VaultGrid.Protocols;

/// <summary>f(x) = a_0 + a_1·x + … + a_f·x^f, secret. Its values at the parties' indices are shares of a_0.</summary>
public sealed class SecretPolynomial : IDisposable
{
    private readonly IReadOnlyList<SecretScalar> _coefficients;

    private SecretPolynomial(PrimeGroup group, IReadOnlyList<SecretScalar> coefficients) => (Group, _coefficients) = (group, coefficients);

    /// <summary>The group of the commitments.</summary>
    public PrimeGroup Group { get; }

    /// <summary>f.</summary>
    public int Degree => _coefficients.Count - 1;

    internal SecretScalar Constant => _coefficients[0];

    /// <summary>Uniform coefficients.</summary>
    public static SecretPolynomial Random(PrimeGroup group, int degree)
    {
        ArgumentNullException.ThrowIfNull(group);
        return new(group, [.. Enumerable.Range(0, degree + 1).Select(_ => group.RandomSecret())]);
    }

    /// <summary>A given constant term (copied), the rest uniform.</summary>
    public static SecretPolynomial WithConstant(SecretScalar constant, int degree)
    {
        ArgumentNullException.ThrowIfNull(constant);
        return new(constant.Group, [constant.Clone(), .. Enumerable.Range(0, degree).Select(_ => constant.Group.RandomSecret())]);
    }

    /// <summary>A constant term of 0, the rest uniform.</summary>
    public static SecretPolynomial OfZero(PrimeGroup group, int degree)
    {
        ArgumentNullException.ThrowIfNull(group);
        using var zero = group.DecodeSecret(SecretBytes.Take(group.Zero.Bytes.ToArray())).Value;
        return WithConstant(zero, degree);
    }

    /// <summary>Reads what <see cref="ToSecret"/> wrote.</summary>
    public static Outcome<SecretPolynomial> FromSecret(PrimeGroup group, int degree, SecretBytes bytes)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(bytes);
        if (bytes.Length != (degree + 1) * PrimeGroup.ScalarLength) return new Refusal(RefusalCode.InputMalformed, $"a polynomial of degree {degree} has {degree + 1} coefficients");
        var coefficients = new List<SecretScalar>();
        for (var k = 0; k <= degree; k++)
        {
            if (!group.DecodeSecret(bytes.Slice(k * PrimeGroup.ScalarLength, PrimeGroup.ScalarLength)).Is(out var coefficient, out var refusal))
            {
                foreach (var read in coefficients) read.Dispose();
                return refusal;
            }
            coefficients.Add(coefficient);
        }
        return new SecretPolynomial(group, coefficients);
    }

    /// <summary>All coefficients, for sealing; the caller disposes of them.</summary>
    public SecretBytes ToSecret()
    {
        using var buffer = new SecretBuffer(_coefficients.Count * PrimeGroup.ScalarLength);
        foreach (var coefficient in _coefficients) coefficient.WriteTo(buffer);
        return buffer.ToSecret();
    }

    /// <summary>f(index), by Horner's rule; the caller disposes of it.</summary>
    public SecretScalar Evaluate(PartyIndex index)
    {
        var x = Group.Scalar(index.Value);
        var value = _coefficients[^1].Clone();
        for (var k = Degree - 1; k >= 0; k--)
        {
            using var previous = value;
            using var shifted = previous.Multiply(x);
            value = shifted.Add(_coefficients[k]);
        }
        return value;
    }

    /// <summary>φ_k = a_k·G.</summary>
    public FeldmanCommitment Commit() => new(Group, [.. _coefficients.Select(coefficient => coefficient.TimesGenerator())]);

    /// <summary>Wipes the coefficients.</summary>
    public void Dispose()
    {
        foreach (var coefficient in _coefficients) coefficient.Dispose();
    }

    /// <summary>Always the same text.</summary>
    public override string ToString() => "SecretPolynomial(redacted)";
}
