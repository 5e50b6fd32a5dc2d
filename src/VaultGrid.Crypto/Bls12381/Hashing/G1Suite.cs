using VaultGrid.Crypto.HashToCurve;

namespace VaultGrid.Crypto.Bls12381;

/// <summary>BLS12381G1_XMD:SHA-256_SSWU_RO_ (RFC 9380, 8.8.1).</summary>
internal readonly struct G1Suite : ISwuSuite<Fp>
{
    private static readonly Fp RootOfMinusZ = RootOf(-Fp.From(11));

    public static Fp A { get; } = Fp.From("144698a3b8e9433d693a02c96d4982b0ea985383ee66a8d8e8981aefd881ac98936f8da0e0f97f5cf428082d584c1d");

    public static Fp B { get; } = Fp.From("12e2908d11688030018b12e8753eee3b2016c1f0f24f4070a0b9c14fcef35ef55a23215a316ceaa5d1cc48e98e172be0");

    public static Fp Z { get; } = Fp.From(11);

    public static ulong SqrtRatio(in Fp u, in Fp v, out Fp root) =>
        HashToCurve.SqrtRatio.Compute(u, v, Fp.RootPower, RootOfMinusZ, out root);

    /// <summary>hash_to_curve of the suite (RFC 9380, 3).</summary>
    public static Projective<Fp, G1Curve> Hash(ReadOnlySpan<byte> message, ReadOnlySpan<byte> tag)
    {
        // hash_to_field (5.2) with m = 1, L = 64, count = 2
        Span<byte> uniform = stackalloc byte[2 * 64];
        ExpandMessage.Xmd(message, tag, uniform);
        var sum = MapToCurve(Fp.Reduce(uniform[..64])) + MapToCurve(Fp.Reduce(uniform[64..]));
        uniform.Clear();
        return G1Curve.ClearCofactor(sum);
    }

    internal static Projective<Fp, G1Curve> MapToCurve(in Fp u)
    {
        SimplifiedSwu.Map<Fp, G1Suite>(u, out var n, out var d, out var y);
        G1Isogeny.Map.Map(n, d, y, out var imageX, out var imageY, out var imageZ);
        return new(imageX, imageY, imageZ);
    }

    // -Z is a square, as Z and -1 are none.
    private static Fp RootOf(in Fp square) => Fp.RootPower(square) * square;
}
