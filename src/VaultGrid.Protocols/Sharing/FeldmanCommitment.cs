using VaultGrid.Crypto.Groups;

namespace VaultGrid.Protocols;

/// <summary>A polynomial in the exponent: φ_k = a_k·G. Anyone can compute f(i)·G from it, and so check a share.</summary>
public sealed class FeldmanCommitment : IEquatable<FeldmanCommitment>
{
    internal FeldmanCommitment(PrimeGroup group, IReadOnlyList<GroupElement> elements) => (Group, Elements) = (group, elements);

    /// <summary>The group.</summary>
    public PrimeGroup Group { get; }

    /// <summary>φ_0 … φ_f.</summary>
    public IReadOnlyList<GroupElement> Elements { get; }

    /// <summary>f.</summary>
    public int Degree => Elements.Count - 1;

    /// <summary>φ_0: the secret times G.</summary>
    public GroupElement Constant => Elements[0];

    /// <summary>f(index)·G.</summary>
    public GroupElement Evaluate(PartyIndex index)
    {
        // Horner's rule: indices are small, so every step is a short multiplication.
        var x = Group.Scalar(index.Value);
        var value = Elements[^1];
        for (var k = Degree - 1; k >= 0; k--) value = (index.Value == 1 ? value : value.MultiplyVarTime(x)) + Elements[k];
        return value;
    }

    /// <summary>True if the share is f(index).</summary>
    public bool Holds(PartyIndex index, SecretScalar share)
    {
        ArgumentNullException.ThrowIfNull(share);
        return share.TimesGenerator().Equals(Evaluate(index));
    }

    /// <summary>The commitment to the sum of the polynomials, all of one degree.</summary>
    public static FeldmanCommitment Sum(IReadOnlyList<FeldmanCommitment> commitments)
    {
        ArgumentNullException.ThrowIfNull(commitments);
        var first = commitments[0];
        return new(first.Group, [.. Enumerable.Range(0, first.Elements.Count).Select(k => GroupElement.Sum([.. commitments.Select(c => c.Elements[k])]))]);
    }

    /// <summary>The commitment to the polynomial times a factor.</summary>
    public FeldmanCommitment MultiplyVarTime(PublicScalar factor) => new(Group, [.. Elements.Select(element => element.MultiplyVarTime(factor))]);

    /// <inheritdoc/>
    public bool Equals(FeldmanCommitment? other) => other is not null && Elements.SequenceEqual(other.Elements);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FeldmanCommitment);

    /// <inheritdoc/>
    public override int GetHashCode() => Constant.GetHashCode();
}
