using VaultGrid.Crypto.HashToCurve;

namespace VaultGrid.Crypto.Bls12381;

/// <summary>BLS12381G2_XMD:SHA-256_SSWU_RO_ (RFC 9380, 8.8.2).</summary>
internal readonly struct G2Suite : ISwuSuite<Fp2>
{
    public static Fp2 A { get; } = new(default, Fp.From(240));

    public static Fp2 B { get; } = new(Fp.From(1012), Fp.From(1012));

    public static Fp2 Z { get; } = new(-Fp.From(2), -Fp.One);

    public static ulong SqrtRatio(in Fp2 u, in Fp2 v, out Fp2 root) => Fp2Root.Ratio(u, v, Z, out root);

    /// <summary>hash_to_curve of the suite (RFC 9380, 3).</summary>
    public static Projective<Fp2, G2Curve> Hash(ReadOnlySpan<byte> message, ReadOnlySpan<byte> tag)
    {
        // hash_to_field (5.2) with m = 2, L = 64, count = 2
        Span<byte> uniform = stackalloc byte[4 * 64];
        ExpandMessage.Xmd(message, tag, uniform);
        var u0 = new Fp2(Fp.Reduce(uniform[..64]), Fp.Reduce(uniform[64..128]));
        var u1 = new Fp2(Fp.Reduce(uniform[128..192]), Fp.Reduce(uniform[192..]));
        uniform.Clear();
        return G2Curve.ClearCofactor(MapToCurve(u0) + MapToCurve(u1));
    }

    internal static Projective<Fp2, G2Curve> MapToCurve(in Fp2 u)
    {
        SimplifiedSwu.Map<Fp2, G2Suite>(u, out var n, out var d, out var y);
        G2Isogeny.Map.Map(n, d, y, out var imageX, out var imageY, out var imageZ);
        return new(imageX, imageY, imageZ);
    }
}
