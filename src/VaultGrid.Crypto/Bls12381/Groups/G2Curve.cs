using System.Runtime.CompilerServices;
using VaultGrid.Crypto.Fields;

namespace VaultGrid.Crypto.Bls12381;

/// <summary>E': y^2 = x^3 + 4(1 + u) over Fp2, the sextic twist of E, and its group G2.</summary>
internal readonly struct G2Curve : ICurve<Fp2>
{
    // ψ = (untwist, Frobenius, twist): (x, y) goes to (x^p / ξ^((p-1)/3), y^p / ξ^((p-1)/2)).
    private static readonly Fp2 PsiX = Fp2.Invert(Fp2.Power(new Fp2(Fp.One, Fp.One), Fp.Exponent(
        "08ab05f8bdd54cde190937e76bc3e447cc27c3d6fbd7063fcd104635a790520c0a395554e5c6aaaa9354ffffffffe38e")));

    private static readonly Fp2 PsiY = Fp2.Invert(Fp2.Power(new Fp2(Fp.One, Fp.One), Fp.Exponent(
        "0d0088f51cbff34d258dd3db21a5d66bb23ba5c279c2895fb39869507b587b120f55ffff58a9ffffdcff7fffffffd555")));

    public static Fp2 B { get; } = new(Fp.From(4), Fp.From(4));

    public static Projective<Fp2, G2Curve> Generator { get; } = new(
        Fp2.From(
            "024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8",
            "13e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e"),
        Fp2.From(
            "0ce5d527727d6e118cc9cdc6da2e351aadfd9baa8cbdd3a76d429a695160d12c923ac9cc3baca289e193548608b82801",
            "0606c4a02ea734cc32acd2b02bc28b99cb3e287e85a763af267492ab572e99ab3f370d275cec1da1aaa9075ff05f79be"));

    public static int Parts => 4;

    public static int PartBits => 64;

    // 12·ξ·a
    public static Fp2 TimesB3(in Fp2 a)
    {
        var a2 = a + a;
        var a3 = a2 + a;
        var a6 = a3 + a3;
        return (a6 + a6).TimesXi();
    }

    // ψ is multiplication by p = x (mod r) on G2, so -ψ is multiplication by z.
    public static void Step<TCurve>(in Projective<Fp2, TCurve> point, out Projective<Fp2, TCurve> result)
        where TCurve : struct, ICurve<Fp2> =>
        result = new(point.X.Conjugate() * PsiX, -(point.Y.Conjugate() * PsiY), point.Z.Conjugate());

    // The four digits in base z.
    [SkipLocalsInit]
    public static void Split(in Residue<GroupOrder> scalar, Span<UInt128> parts)
    {
        Span<ulong> digits = stackalloc ulong[4];
        CurveParameter.Digits(scalar, digits);
        for (var i = 0; i < 4; i++) parts[i] = digits[i];
        digits.Clear();
    }

    /// <summary>
    /// True if a point of the twist is in G2 (Scott 2021/1130, section 4): if -ψ(P) = z·P. It suffices: ψ^2 - (x + 1)ψ + p = 0, so then
    /// 0 = (x^2 - (x + 1)x + p)P = (p - x)P, where p - x = r·(x - 1)^2/3; the order of the twist is r·h2, and h2 has no factor in common
    /// with (x - 1)^2/3, so the order of P divides r.
    /// </summary>
    public static bool IsInGroup(in Projective<Fp2, G2Curve> point)
    {
        Step(point, out var stepped);
        return stepped.Equals(CurveParameter.TimesZ(point));
    }

    /// <summary>
    /// h_eff·P of RFC 9380, 8.8.2, as (x^2 - x - 1)P + (x - 1)ψ(P) + ψ^2(2P) (Budroni and Pintore 2017/419; RFC 9380, appendix G.3).
    /// </summary>
    public static Projective<Fp2, G2Curve> ClearCofactor(in Projective<Fp2, G2Curve> point)
    {
        // Step is -ψ and TimesZ is -x, so with s = -ψ(P): x·(xP + ψP) = z·(zP + s), and (-x)P = zP, -ψP = s.
        Step(point, out var s);
        var zP = CurveParameter.TimesZ(point);
        Step(Projective<Fp2, G2Curve>.Double(point), out var s2);
        Step(s2, out var psi2);
        return CurveParameter.TimesZ(zP + s) + zP + s - point + psi2;
    }
}
