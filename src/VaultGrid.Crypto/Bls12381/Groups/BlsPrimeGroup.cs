using System.Runtime.InteropServices;
using VaultGrid.Crypto.Fields;
using VaultGrid.Crypto.Groups;

namespace VaultGrid.Crypto.Bls12381;

/// <summary>G1 or G2 as threshold protocols see groups. Points are kept in memory as they are computed with, and made affine when they are encoded.</summary>
internal sealed class BlsPrimeGroup<TField, TCurve> : PrimeGroup
    where TField : unmanaged, ICoordinate<TField>
    where TCurve : unmanaged, ICurve<TField>
{
    private readonly Projective<TField, TCurve> _generator;
    private readonly Lazy<FixedBase<TField, TCurve>> _multiples;
    private readonly Membership _isInGroup;

    internal BlsPrimeGroup(string name, in Projective<TField, TCurve> generator, Membership isInGroup)
        : base(name, TField.ByteLength, GroupOrder.BigEndian, littleEndian: false)
    {
        (_generator, _isInGroup) = (generator, isInGroup);
        _multiples = new(() => new(_generator));
    }

    internal delegate bool Membership(in Projective<TField, TCurve> point);

    /// <summary>The point of an element of this group, other than the identity.</summary>
    internal static Projective<TField, TCurve> ValueOf(GroupElement element) => Load(element.Point);

    internal override byte[] GeneratorPoint() => Store(_generator)!;

    internal override byte[]? DecodePoint(ReadOnlySpan<byte> encoded) =>
        PointEncoding<TField, TCurve>.Decompress(encoded, out var point) is null && _isInGroup(point) ? Store(point) : null;

    internal override byte[] Encode(byte[] point) => PointEncoding<TField, TCurve>.Compress(Load(point));

    internal override byte[]? SumPoints(IReadOnlyList<byte[]> points)
    {
        var sum = Projective<TField, TCurve>.Infinity;
        foreach (var point in points) sum += Load(point);
        return Store(sum);
    }

    internal override byte[] NegatePoint(byte[] point) => Store(-Load(point))!;

    internal override byte[]? MultiplyGenerator(SecretBytes scalar) => Checked(_multiples.Value.Multiply(scalar));

    internal override byte[]? MultiplyPoint(byte[] point, SecretBytes scalar) => Checked(Multiplication.Multiply(Load(point), scalar));

    internal override byte[]? MultiplyGeneratorVarTime(ReadOnlySpan<byte> scalar) => Store(_multiples.Value.MultiplyVarTime(Public(scalar)));

    internal override byte[]? MultiplyPointVarTime(byte[] point, ReadOnlySpan<byte> scalar) => Store(LinearCombination.ComputeVarTime<TField, TCurve>([Load(point)], [Public(scalar)]));

    // A fault may have moved it to a weaker curve, where it tells about the scalar.
    private byte[]? Checked(in Projective<TField, TCurve> product)
    {
        if (!product.IsOnCurve || !_isInGroup(product)) throw new InvalidOperationException($"A multiplication in {Name} left the group.");
        return Store(product);
    }

    private static Residue<GroupOrder> Public(ReadOnlySpan<byte> scalar) =>
        Residue<GroupOrder>.TryRead(scalar, out var k) ? k : throw new ArgumentException("The scalar is not below the order.", nameof(scalar));

    private static ref readonly Projective<TField, TCurve> Load(byte[] point) => ref MemoryMarshal.AsRef<Projective<TField, TCurve>>(point.AsSpan());

    private static byte[]? Store(in Projective<TField, TCurve> point) =>
        point.IsInfinity ? null : MemoryMarshal.AsBytes(new ReadOnlySpan<Projective<TField, TCurve>>(in point)).ToArray();
}
