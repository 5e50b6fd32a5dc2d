namespace VaultGrid.Crypto.Groups;

/// <summary>
/// An element of a group of prime order. The identity exists in sums only: it has no encoding that <see cref="PrimeGroup.Decode"/> takes,
/// and <see cref="Bytes"/> refuses to write it.
/// </summary>
public sealed class GroupElement : IEquatable<GroupElement>
{
    private readonly byte[]? _point;
    private byte[]? _encoded;

    /// <param name="group">Its group.</param>
    /// <param name="point">The group's own form, checked; null for the identity.</param>
    internal GroupElement(PrimeGroup group, byte[]? point) => (Group, _point) = (group, point);

    /// <summary>The group.</summary>
    public PrimeGroup Group { get; }

    /// <summary>True for the neutral element.</summary>
    public bool IsIdentity => _point is null;

    /// <summary>The canonical encoding, <see cref="PrimeGroup.ElementLength"/> bytes.</summary>
    /// <exception cref="InvalidOperationException">This is the identity, which has none.</exception>
    public ReadOnlySpan<byte> Bytes => _encoded ??= Group.Encode(Point);

    internal byte[] Point => _point ?? throw new InvalidOperationException($"The identity of {Group.Name} has no encoding.");

    public static GroupElement operator +(GroupElement left, GroupElement right) => Sum([left, right]);

    public static GroupElement operator -(GroupElement left, GroupElement right) => left + -right;

    public static GroupElement operator -(GroupElement value) =>
        value.IsIdentity ? value : new GroupElement(value.Group, value.Group.NegatePoint(value.Point));

    public static GroupElement Add(GroupElement left, GroupElement right) => left + right;

    public static GroupElement Subtract(GroupElement left, GroupElement right) => left - right;

    public static GroupElement Negate(GroupElement value) => -value;

    /// <summary>The sum of one or more elements of one group.</summary>
    public static GroupElement Sum(params IReadOnlyList<GroupElement> elements)
    {
        ArgumentNullException.ThrowIfNull(elements);
        ArgumentOutOfRangeException.ThrowIfZero(elements.Count, nameof(elements));
        var group = elements[0].Group;
        var points = new List<byte[]>(elements.Count);
        foreach (var element in elements)
        {
            group.Require(element.Group);
            if (element._point is { } point) points.Add(point);
        }
        return points.Count switch
        {
            0 => group.Identity,
            1 => new GroupElement(group, points[0]),
            _ => new GroupElement(group, group.SumPoints(points)),
        };
    }

    /// <summary>This times a secret, in constant time.</summary>
    public GroupElement Multiply(SecretScalar scalar)
    {
        ArgumentNullException.ThrowIfNull(scalar);
        Group.Require(scalar.Group);
        if (IsIdentity) return this;
        var product = ReferenceEquals(this, Group.Generator)
            ? Group.MultiplyGenerator(scalar.Bytes)
            : Group.MultiplyPoint(Point, scalar.Bytes);
        GC.KeepAlive(scalar);
        return new GroupElement(Group, product);
    }

    /// <summary>This times a public number; the time may depend on both.</summary>
    public GroupElement MultiplyVarTime(PublicScalar scalar)
    {
        ArgumentNullException.ThrowIfNull(scalar);
        Group.Require(scalar.Group);
        if (IsIdentity || scalar.IsZero) return Group.Identity;
        return new GroupElement(Group, ReferenceEquals(this, Group.Generator)
            ? Group.MultiplyGeneratorVarTime(scalar.Bytes)
            : Group.MultiplyPointVarTime(Point, scalar.Bytes));
    }

    /// <inheritdoc/>
    public bool Equals(GroupElement? other)
    {
        if (other is null || Group != other.Group) return false;
        return IsIdentity || other.IsIdentity ? IsIdentity && other.IsIdentity : PublicBytes.Equal(Bytes, other.Bytes);
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GroupElement);

    /// <inheritdoc/>
    public override int GetHashCode() => IsIdentity ? 0 : HashCode.Combine(Bytes[^1], Bytes[^2], Bytes[^3], Bytes[^4]);

    /// <summary>The encoding as hex with 0x.</summary>
    public override string ToString() => IsIdentity ? "identity" : Hex.Encode(Bytes);
}
