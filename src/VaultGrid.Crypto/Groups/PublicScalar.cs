namespace VaultGrid.Crypto.Groups;

/// <summary>A number modulo a group's order that anybody may know. Operators need both sides of one group; arithmetic with secrets is on <see cref="SecretScalar"/>.</summary>
public sealed class PublicScalar : IEquatable<PublicScalar>
{
    private readonly byte[] _bytes;

    internal PublicScalar(PrimeGroup group, byte[] bytes) => (Group, _bytes) = (group, bytes);

    /// <summary>The group whose order this is modulo.</summary>
    public PrimeGroup Group { get; }

    /// <summary>The canonical encoding: 32 bytes in the group's byte order.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>True for 0.</summary>
    public bool IsZero => !_bytes.AsSpan().ContainsAnyExcept((byte)0);

    public static PublicScalar operator +(PublicScalar left, PublicScalar right) => left.With(right).Apply(right, left.Group.Field.Add);

    public static PublicScalar operator -(PublicScalar left, PublicScalar right) => left.With(right).Apply(right, left.Group.Field.Subtract);

    public static PublicScalar operator *(PublicScalar left, PublicScalar right) => left.With(right).Apply(right, left.Group.Field.Multiply);

    public static PublicScalar operator -(PublicScalar value) => value.Group.Zero - value;

    public static PublicScalar Add(PublicScalar left, PublicScalar right) => left + right;

    public static PublicScalar Subtract(PublicScalar left, PublicScalar right) => left - right;

    public static PublicScalar Multiply(PublicScalar left, PublicScalar right) => left * right;

    public static PublicScalar Negate(PublicScalar value) => -value;

    /// <summary>The inverse; 0 for 0.</summary>
    public PublicScalar Invert()
    {
        var result = new byte[_bytes.Length];
        Group.Field.Invert(result, _bytes);
        return new PublicScalar(Group, result);
    }

    /// <inheritdoc/>
    public bool Equals(PublicScalar? other) => other is not null && Group == other.Group && PublicBytes.Equal(_bytes, other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PublicScalar);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(_bytes, 14);

    /// <summary>The encoding as hex with 0x.</summary>
    public override string ToString() => Hex.Encode(_bytes);

    private delegate void Operation(Span<byte> result, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right);

    private PublicScalar Apply(PublicScalar right, Operation operation)
    {
        var result = new byte[_bytes.Length];
        operation(result, _bytes, right._bytes);
        return new PublicScalar(Group, result);
    }

    private PublicScalar With(PublicScalar other)
    {
        Group.Require(other.Group);
        return this;
    }
}
