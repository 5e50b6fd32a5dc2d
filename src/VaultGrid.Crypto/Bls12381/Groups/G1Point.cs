using VaultGrid.Crypto.Groups;

namespace VaultGrid.Crypto.Bls12381;

/// <summary>An element of G1, the subgroup of y^2 = x^3 + 4 over Fp. Every instance is in the group of order r: whatever is read is checked.</summary>
public sealed class G1Point : IEquatable<G1Point>
{
    /// <summary>Bytes of the compressed form.</summary>
    public const int CompressedLength = 48;

    /// <summary>Bytes of the uncompressed form.</summary>
    public const int UncompressedLength = 96;

    private byte[]? _compressed;

    internal G1Point(in Projective<Fp, G1Curve> value) => Value = value;

    /// <summary>The generator that everybody uses.</summary>
    public static G1Point Generator { get; } = new(G1Curve.Generator);

    /// <summary>The point at infinity.</summary>
    public static G1Point Identity { get; } = new(Projective<Fp, G1Curve>.Infinity);

    internal Projective<Fp, G1Curve> Value { get; }

    /// <summary>True for the point at infinity.</summary>
    public bool IsIdentity => Value.IsInfinity;

    /// <summary>The compressed form, 48 bytes.</summary>
    public ReadOnlySpan<byte> Compressed => _compressed ??= PointEncoding<Fp, G1Curve>.Compress(Value);

    /// <summary>Reads the compressed form: canonical, on the curve, in the group. Infinity is an element as well.</summary>
    /// <returns>The point, or <see cref="RefusalCode.InputMalformed"/>.</returns>
    public static Outcome<G1Point> Parse(ReadOnlySpan<byte> compressed) =>
        Admit(PointEncoding<Fp, G1Curve>.Decompress(compressed, out var point), point);

    /// <summary>Reads the uncompressed form, with the same checks.</summary>
    /// <returns>The point, or <see cref="RefusalCode.InputMalformed"/>.</returns>
    public static Outcome<G1Point> ParseUncompressed(ReadOnlySpan<byte> uncompressed) =>
        Admit(PointEncoding<Fp, G1Curve>.Read(uncompressed, out var point), point);

    /// <summary>The point of an element of <see cref="BlsGroups.G1"/>.</summary>
    public static G1Point From(GroupElement element)
    {
        ArgumentNullException.ThrowIfNull(element);
        if (element.Group != BlsGroups.G1) throw new ArgumentException($"An element of {element.Group} is none of G1.", nameof(element));
        return element.IsIdentity ? Identity : new(BlsPrimeGroup<Fp, G1Curve>.ValueOf(element));
    }

    /// <summary>Hashes to the group: BLS12381G1_XMD:SHA-256_SSWU_RO_ (RFC 9380, 8.8.1), in a time that depends on the length only.</summary>
    /// <param name="message">Any length.</param>
    /// <param name="tag">The domain separation tag, at least one byte, unique to the use.</param>
    public static G1Point Hash(ReadOnlySpan<byte> message, ReadOnlySpan<byte> tag) => new(G1Suite.Hash(message, tag));

    /// <summary>The sum of points; none give infinity.</summary>
    public static G1Point Sum(IReadOnlyList<G1Point> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        var sum = Projective<Fp, G1Curve>.Infinity;
        foreach (var point in points) sum += point.Value;
        return new(sum);
    }

    /// <summary>Σ coefficients[i]·points[i], in a time that depends on the coefficients: for public ones only.</summary>
    public static G1Point LinearCombinationVarTime(IReadOnlyList<G1Point> points, IReadOnlyList<BlsScalar> coefficients)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(coefficients);
        var values = points.Select(p => p.Value).ToArray();
        var scalars = coefficients.Select(c => c.Value).ToArray();
        return new(LinearCombination.ComputeVarTime<Fp, G1Curve>(values, scalars));
    }

    /// <summary>The sum of two points.</summary>
    public G1Point Add(G1Point other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(Value + other.Value);
    }

    /// <summary>This point less another.</summary>
    public G1Point Subtract(G1Point other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(Value - other.Value);
    }

    /// <summary>The inverse point.</summary>
    public G1Point Negate() => new(-Value);

    /// <summary>k times this point for a secret k, in constant time. The result is public.</summary>
    /// <exception cref="InvalidOperationException">The result is no element of the group: the computation was disturbed, and nothing of it is handed out.</exception>
    public G1Point Multiply(BlsSecretScalar k)
    {
        ArgumentNullException.ThrowIfNull(k);
        var result = k.Multiply<Fp, G1Curve>(Value);

        // A fault during the multiplication may move it to a weaker curve, where the result tells about k.
        if (!result.IsOnCurve || !G1Curve.IsInGroup(result)) throw new InvalidOperationException("A multiplication in G1 left the group.");
        return new(result);
    }

    /// <summary>k times this point for a public k.</summary>
    public G1Point MultiplyVarTime(BlsScalar k) => new(LinearCombination.ComputeVarTime<Fp, G1Curve>([Value], [k.Value]));

    /// <summary>The uncompressed form, 96 bytes.</summary>
    public byte[] ToUncompressed() => PointEncoding<Fp, G1Curve>.Write(Value);

    /// <inheritdoc/>
    public bool Equals(G1Point? other) => other is not null && Value.Equals(other.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as G1Point);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Buffers.Binary.BinaryPrimitives.ReadInt32LittleEndian(Compressed[^4..]);

    /// <summary>The compressed form in hex.</summary>
    public override string ToString() => Hex.Encode(Compressed);

    private static Outcome<G1Point> Admit(string? fault, in Projective<Fp, G1Curve> point)
    {
        if (fault is null && !G1Curve.IsInGroup(point)) fault = "the point is on the curve, but not in the group G1";
        return fault is null ? new G1Point(point) : new Refusal(RefusalCode.InputMalformed, fault);
    }
}
