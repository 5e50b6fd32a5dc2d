using VaultGrid.Crypto.Groups;

namespace VaultGrid.Crypto.Tests.Groups;

/// <summary>The integers modulo 13 under addition, generator 1: small enough to try everything. An element is one byte, its own discrete logarithm.</summary>
internal sealed class ToyGroup : PrimeGroup
{
    public const int Order = 13;

    private ToyGroup()
        : base("toy13", 1, [.. new byte[31], Order], littleEndian: false)
    {
    }

    public static ToyGroup Instance { get; } = new();

    internal override byte[] GeneratorPoint() => [1];

    internal override byte[]? DecodePoint(ReadOnlySpan<byte> encoded) => encoded[0] is > 0 and < Order ? encoded.ToArray() : null;

    internal override byte[] Encode(byte[] point) => point;

    internal override byte[]? SumPoints(IReadOnlyList<byte[]> points) => Of(points.Sum(point => point[0]));

    internal override byte[] NegatePoint(byte[] point) => Of(Order - point[0])!;

    internal override byte[]? MultiplyGenerator(SecretBytes scalar) => MultiplyPoint([1], scalar);

    internal override byte[]? MultiplyPoint(byte[] point, SecretBytes scalar) => Of(point[0] * scalar.Span[^1]);

    internal override byte[]? MultiplyGeneratorVarTime(ReadOnlySpan<byte> scalar) => Of(scalar[^1]);

    internal override byte[]? MultiplyPointVarTime(byte[] point, ReadOnlySpan<byte> scalar) => Of(point[0] * scalar[^1]);

    private static byte[]? Of(int number) => number % Order == 0 ? null : [(byte)(number % Order)];
}
