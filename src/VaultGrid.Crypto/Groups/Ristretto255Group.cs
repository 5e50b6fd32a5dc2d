using VaultGrid.Crypto.Native;

namespace VaultGrid.Crypto.Groups;

/// <summary>ristretto255 (RFC 9496) of libsodium: a group of prime order without cofactor. Points are kept encoded.</summary>
public sealed class Ristretto255Group : SodiumGroup
{
    /// <summary>Bytes that <see cref="MapUniform"/> takes.</summary>
    public const int UniformLength = 64;

    private Ristretto255Group()
        : base("ristretto255")
    {
    }

    internal static Ristretto255Group Instance { get; } = new();

    /// <summary>The element that 64 uniform bytes map to (RFC 9496, section 4.3.4), in constant time.</summary>
    public GroupElement MapUniform(ReadOnlySpan<byte> uniform)
    {
        if (uniform.Length != UniformLength) throw new ArgumentException($"{UniformLength} bytes are mapped, not {uniform.Length}.", nameof(uniform));
        Sodium.Ready();
        var point = new byte[PointLength];
        var code = Sodium.Ristretto255FromHash(point, uniform);
        NativeCallException.ThrowUnless(code == 0, code, "crypto_core_ristretto255_from_hash");
        return new GroupElement(this, NullIfIdentity(point));
    }

    internal override byte[]? DecodePoint(ReadOnlySpan<byte> encoded)
    {
        Sodium.Ready();
        return Sodium.Ristretto255IsValidPoint(encoded) == 1 ? NullIfIdentity(encoded.ToArray()) : null;
    }

    internal override byte[]? SumPoints(IReadOnlyList<byte[]> points)
    {
        Sodium.Ready();
        var sum = points[0].AsSpan().ToArray();
        for (var i = 1; i < points.Count; i++)
        {
            var code = Sodium.Ristretto255Add(sum, sum, points[i]);
            NativeCallException.ThrowUnless(code == 0, code, "crypto_core_ristretto255_add");
        }
        return NullIfIdentity(sum);
    }

    internal override byte[] NegatePoint(byte[] point)
    {
        Sodium.Ready();
        var negated = new byte[PointLength];
        var code = Sodium.Ristretto255Subtract(negated, new byte[PointLength], point);
        NativeCallException.ThrowUnless(code == 0, code, "crypto_core_ristretto255_sub");
        return negated;
    }

    // Point and scalar were checked, so the one reason for these to fail is a scalar of 0.
    internal override byte[]? MultiplyGenerator(SecretBytes scalar)
    {
        Sodium.Ready();
        var product = new byte[PointLength];
        return Sodium.Ristretto255MultiplyBase(product, scalar.Handle) == 0 ? product : null;
    }

    internal override byte[]? MultiplyPoint(byte[] point, SecretBytes scalar)
    {
        Sodium.Ready();
        var product = new byte[PointLength];
        return Sodium.Ristretto255Multiply(product, scalar.Handle, point) == 0 ? product : null;
    }

    // The identity is encoded as 32 zero bytes.
    private static byte[]? NullIfIdentity(byte[] point) => point.AsSpan().ContainsAnyExcept((byte)0) ? point : null;
}
