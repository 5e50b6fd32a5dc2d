namespace VaultGrid.Crypto.Groups;

/// <summary>
/// What libsodium's two groups over edwards25519 have in common: the order, points that are kept encoded, and multiplication in constant time only,
/// so that public scalars take the way of secret ones.
/// </summary>
public abstract class SodiumGroup : PrimeGroup
{
    /// <summary>Bytes of an encoded point.</summary>
    private protected const int PointLength = 32;

    private protected SodiumGroup(string name)
        : base(name, PointLength, Order25519, littleEndian: true)
    {
    }

    /// <summary>2^252 + 27742317777372353535851937790883648493, big-endian.</summary>
    internal static byte[] Order25519 => Convert.FromHexString("1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed");

    internal sealed override byte[] GeneratorPoint() => MultiplyGeneratorVarTime(One.Bytes)!;

    internal sealed override byte[] Encode(byte[] point) => point;

    internal sealed override byte[]? MultiplyGeneratorVarTime(ReadOnlySpan<byte> scalar)
    {
        using var copy = SecretBytes.Take(scalar.ToArray());
        return MultiplyGenerator(copy);
    }

    internal sealed override byte[]? MultiplyPointVarTime(byte[] point, ReadOnlySpan<byte> scalar)
    {
        using var copy = SecretBytes.Take(scalar.ToArray());
        return MultiplyPoint(point, copy);
    }
}
