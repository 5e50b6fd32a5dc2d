using VaultGrid.Crypto.Native;

namespace VaultGrid.Crypto.Groups;

/// <summary>
/// The prime-order subgroup of edwards25519, of libsodium. Points are kept encoded. RFC 9591, section 6.1: decoding refuses what is not canonical,
/// of small order (the identity among them) or outside the subgroup.
/// </summary>
internal sealed class Ed25519Group : SodiumGroup
{
    private static readonly byte[] IdentityEncoding = [1, .. new byte[PointLength - 1]];

    private Ed25519Group()
        : base("ed25519")
    {
    }

    public static Ed25519Group Instance { get; } = new();

    internal override byte[]? DecodePoint(ReadOnlySpan<byte> encoded)
    {
        Sodium.Ready();
        return Sodium.Ed25519IsValidPoint(encoded) == 1 ? encoded.ToArray() : null;
    }

    internal override byte[]? SumPoints(IReadOnlyList<byte[]> points)
    {
        Sodium.Ready();
        var sum = points[0].AsSpan().ToArray();
        for (var i = 1; i < points.Count; i++)
        {
            var code = Sodium.Ed25519Add(sum, sum, points[i]);
            NativeCallException.ThrowUnless(code == 0, code, "crypto_core_ed25519_add");
        }
        return PublicBytes.Equal(sum, IdentityEncoding) ? null : sum;
    }

    internal override byte[] NegatePoint(byte[] point)
    {
        Sodium.Ready();
        var negated = new byte[PointLength];
        var code = Sodium.Ed25519Subtract(negated, IdentityEncoding, point);
        NativeCallException.ThrowUnless(code == 0, code, "crypto_core_ed25519_sub");
        return negated;
    }

    // Point and scalar were checked, so the one reason for these to fail is a scalar of 0.
    internal override byte[]? MultiplyGenerator(SecretBytes scalar)
    {
        Sodium.Ready();
        var product = new byte[PointLength];
        return Sodium.Ed25519MultiplyBase(product, scalar.Handle) == 0 ? product : null;
    }

    internal override byte[]? MultiplyPoint(byte[] point, SecretBytes scalar)
    {
        Sodium.Ready();
        var product = new byte[PointLength];
        return Sodium.Ed25519Multiply(product, scalar.Handle, point) == 0 ? product : null;
    }
}
