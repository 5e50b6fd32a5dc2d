using System.Runtime.CompilerServices;
using VaultGrid.Crypto.Fields;

namespace VaultGrid.Crypto.Bls12381;

/// <summary>E: y^2 = x^3 + 4 over Fp, and its group G1.</summary>
internal readonly struct G1Curve : ICurve<Fp>
{
    // β, a cube root of one: φ(x, y) = (βx, y) is an endomorphism, with φ^2 + φ + 1 = 0. Of the two roots, the one whose φ is -x^2 on G1.
    private static readonly Fp Beta = Fp.From("5f19672fdf76ce51ba69c6076a0f77eaddb3a93be6f89688de17d813620a00022e01fffffffefffe");

    public static Fp B { get; } = Fp.From(4);

    public static Projective<Fp, G1Curve> Generator { get; } = new(
        Fp.From("17f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb"),
        Fp.From("08b3f481e3aaa0f1a09e30ed741d8ae4fcf5e095d5d00af600db18cb2c04b3edd03cc744a2888ae40caa232946c5e7e1"));

    public static int Parts => 2;

    public static int PartBits => 128;

    // 12a
    public static Fp TimesB3(in Fp a)
    {
        var a2 = a + a;
        var a3 = a2 + a;
        var a6 = a3 + a3;
        return a6 + a6;
    }

    // -φ is multiplication by x^2 = z^2.
    public static void Step<TCurve>(in Projective<Fp, TCurve> point, out Projective<Fp, TCurve> result)
        where TCurve : struct, ICurve<Fp> =>
        result = new(point.X * Beta, -point.Y, point.Z);

    // k = (d0 + d1·z) + (d2 + d3·z)·z^2; both parts are below z^2 < 2^128.
    [SkipLocalsInit]
    public static void Split(in Residue<GroupOrder> scalar, Span<UInt128> parts)
    {
        Span<ulong> digits = stackalloc ulong[4];
        CurveParameter.Digits(scalar, digits);
        parts[0] = ((UInt128)digits[1] * CurveParameter.Z) + digits[0];
        parts[1] = ((UInt128)digits[3] * CurveParameter.Z) + digits[2];
        digits.Clear();
    }

    /// <summary>
    /// True if a point of the curve is in G1 (Scott 2021/1130; Bowe 2019/814): if -φ(P) = x^2·P. It suffices, for then
    /// 0 = (φ^2 + φ + 1)P = (x^4 - x^2 + 1)P = rP.
    /// </summary>
    public static bool IsInGroup(in Projective<Fp, G1Curve> point)
    {
        Step(point, out var stepped);
        return stepped.Equals(CurveParameter.TimesZ(CurveParameter.TimesZ(point)));
    }

    /// <summary>(1 - x)·P, which lies in G1 (RFC 9380, 8.8.1: h_eff; Wahby and Boneh 2019/403, section 5).</summary>
    public static Projective<Fp, G1Curve> ClearCofactor(in Projective<Fp, G1Curve> point) => CurveParameter.TimesZ(point) + point;
}
