using System.Runtime.InteropServices;

namespace VaultGrid.Crypto.Native;

/// <summary>
/// GMP 6.2's low-level functions on limbs (mpn), the documented ones whose time and memory accesses depend on sizes only, unless their name says VarTime. They allocate nothing:
/// numbers and scratch are ours, in locked memory. Names in C carry the prefix <c>__gmpn_</c>, as gmp.h defines them.
/// </summary>
/// <remarks>
/// Numbers here are windows into one locked block, so they pass as pointers; the caller keeps the block alive. Calls of less than a
/// microsecond skip the garbage collector's transition, which would cost as much as the call.
/// </remarks>
internal static unsafe partial class Mpn
{
    // mp_limb_t mpn_add_n(mp_limb_t *rp, const mp_limb_t *s1p, const mp_limb_t *s2p, mp_size_t n); the carry
    [SuppressGCTransition]
    [LibraryImport(Gmp.Library, EntryPoint = "__gmpn_add_n")]
    internal static partial ulong Add(ulong* result, ulong* left, ulong* right, nint count);

    // mp_limb_t mpn_sub_n(mp_limb_t *rp, const mp_limb_t *s1p, const mp_limb_t *s2p, mp_size_t n); the borrow
    [SuppressGCTransition]
    [LibraryImport(Gmp.Library, EntryPoint = "__gmpn_sub_n")]
    internal static partial ulong Subtract(ulong* result, ulong* left, ulong* right, nint count);

    // mp_limb_t mpn_addmul_1(mp_limb_t *rp, const mp_limb_t *s1p, mp_size_t n, mp_limb_t s2limb); the carry limb
    [SuppressGCTransition]
    [LibraryImport(Gmp.Library, EntryPoint = "__gmpn_addmul_1")]
    internal static partial ulong AddMultiple(ulong* result, ulong* value, nint count, ulong factor);

    // mp_limb_t mpn_submul_1(mp_limb_t *rp, const mp_limb_t *s1p, mp_size_t n, mp_limb_t s2limb); the borrow limb
    [SuppressGCTransition]
    [LibraryImport(Gmp.Library, EntryPoint = "__gmpn_submul_1")]
    internal static partial ulong SubtractMultiple(ulong* result, ulong* value, nint count, ulong factor);

    // mp_limb_t mpn_cnd_add_n(mp_limb_t cnd, mp_limb_t *rp, const mp_limb_t *s1p, const mp_limb_t *s2p, mp_size_t n); the carry
    [SuppressGCTransition]
    [LibraryImport(Gmp.Library, EntryPoint = "__gmpn_cnd_add_n")]
    internal static partial ulong AddIf(ulong condition, ulong* result, ulong* left, ulong* right, nint count);

    // mp_limb_t mpn_cnd_sub_n(mp_limb_t cnd, mp_limb_t *rp, const mp_limb_t *s1p, const mp_limb_t *s2p, mp_size_t n); the borrow
    [SuppressGCTransition]
    [LibraryImport(Gmp.Library, EntryPoint = "__gmpn_cnd_sub_n")]
    internal static partial ulong SubtractIf(ulong condition, ulong* result, ulong* left, ulong* right, nint count);

    // void mpn_sec_mul(mp_limb_t *rp, const mp_limb_t *ap, mp_size_t an, const mp_limb_t *bp, mp_size_t bn, mp_limb_t *tp); an >= bn > 0
    [SuppressGCTransition]
    [LibraryImport(Gmp.Library, EntryPoint = "__gmpn_sec_mul")]
    internal static partial void Multiply(ulong* result, ulong* left, nint leftCount, ulong* right, nint rightCount, ulong* scratch);

    // mp_size_t mpn_sec_mul_itch(mp_size_t an, mp_size_t bn)
    [LibraryImport(Gmp.Library, EntryPoint = "__gmpn_sec_mul_itch")]
    internal static partial nint MultiplyScratch(nint leftCount, nint rightCount);

    // void mpn_sec_sqr(mp_limb_t *rp, const mp_limb_t *ap, mp_size_t an, mp_limb_t *tp)
    [SuppressGCTransition]
    [LibraryImport(Gmp.Library, EntryPoint = "__gmpn_sec_sqr")]
    internal static partial void Square(ulong* result, ulong* value, nint count, ulong* scratch);

    // mp_size_t mpn_sec_sqr_itch(mp_size_t an)
    [LibraryImport(Gmp.Library, EntryPoint = "__gmpn_sec_sqr_itch")]
    internal static partial nint SquareScratch(nint count);

    // void mpn_sec_tabselect(mp_limb_t *rp, const mp_limb_t *tab, mp_size_t n, mp_size_t nents, mp_size_t which); reads the whole table
    [SuppressGCTransition]
    [LibraryImport(Gmp.Library, EntryPoint = "__gmpn_sec_tabselect")]
    internal static partial void Select(ulong* result, ulong* table, nint count, nint entries, nint which);

    // mp_limb_t mpn_sec_div_qr(mp_limb_t *qp, mp_limb_t *np, mp_size_t nn, const mp_limb_t *dp, mp_size_t dn, mp_limb_t *tp)
    // the quotient's highest limb; the remainder replaces np; nn >= dn, the highest limb of dp is not 0
    [LibraryImport(Gmp.Library, EntryPoint = "__gmpn_sec_div_qr")]
    internal static partial ulong Divide(ulong* quotient, ulong* dividend, nint dividendCount, ulong* divisor, nint divisorCount, ulong* scratch);

    // mp_size_t mpn_sec_div_qr_itch(mp_size_t nn, mp_size_t dn)
    [LibraryImport(Gmp.Library, EntryPoint = "__gmpn_sec_div_qr_itch")]
    internal static partial nint DivideScratch(nint dividendCount, nint divisorCount);

    // void mpn_sec_div_r(mp_limb_t *np, mp_size_t nn, const mp_limb_t *dp, mp_size_t dn, mp_limb_t *tp); the remainder replaces np
    [LibraryImport(Gmp.Library, EntryPoint = "__gmpn_sec_div_r")]
    internal static partial void Remainder(ulong* dividend, nint dividendCount, ulong* divisor, nint divisorCount, ulong* scratch);

    // mp_size_t mpn_sec_div_r_itch(mp_size_t nn, mp_size_t dn)
    [LibraryImport(Gmp.Library, EntryPoint = "__gmpn_sec_div_r_itch")]
    internal static partial nint RemainderScratch(nint dividendCount, nint divisorCount);

    // int mpn_sec_invert(mp_limb_t *rp, mp_limb_t *ap, const mp_limb_t *mp, mp_size_t n, mp_bitcnt_t nbcnt, mp_limb_t *tp)
    // 1 = inverted; mp is odd; ap is destroyed; nbcnt = bits of ap and mp together
    [LibraryImport(Gmp.Library, EntryPoint = "__gmpn_sec_invert")]
    internal static partial int Invert(ulong* result, ulong* value, ulong* modulus, nint count, nuint bits, ulong* scratch);

    // mp_size_t mpn_sec_invert_itch(mp_size_t n)
    [LibraryImport(Gmp.Library, EntryPoint = "__gmpn_sec_invert_itch")]
    internal static partial nint InvertScratch(nint count);

    // void mpn_sec_powm(mp_limb_t *rp, const mp_limb_t *bp, mp_size_t bn, const mp_limb_t *ep, mp_bitcnt_t enb, const mp_limb_t *mp, mp_size_t n, mp_limb_t *tp)
    // rp = bp^ep mod mp; mp is odd; ep < 2^enb; bn > 0
    [LibraryImport(Gmp.Library, EntryPoint = "__gmpn_sec_powm")]
    internal static partial void Power(
        ulong* result, ulong* value, nint valueCount, ulong* exponent, nuint exponentBits, ulong* modulus, nint count, ulong* scratch);

    // mp_size_t mpn_sec_powm_itch(mp_size_t bn, mp_bitcnt_t enb, mp_size_t n)
    [LibraryImport(Gmp.Library, EntryPoint = "__gmpn_sec_powm_itch")]
    internal static partial nint PowerScratch(nint valueCount, nuint exponentBits, nint count);

    // mp_size_t mpn_gcdext(mp_limb_t *gp, mp_limb_t *sp, mp_size_t *sn, mp_limb_t *up, mp_size_t un, mp_limb_t *vp, mp_size_t vn); for public numbers
    // g = gcd(u, v), s·u + t·v = g; the limbs of g; sn has the sign of s; un >= vn, the highest limb of vp is not 0; room: vn limbs at gp, vn + 1 at sp; up and vp are destroyed
    [LibraryImport(Gmp.Library, EntryPoint = "__gmpn_gcdext")]
    internal static partial nint ExtendedGcdVarTime(ulong* gcd, ulong* cofactor, nint* cofactorCount, ulong* left, nint leftCount, ulong* right, nint rightCount);
}
