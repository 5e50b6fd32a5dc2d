using System.Runtime.InteropServices;

namespace VaultGrid.Crypto.Native;

/// <summary>
/// libcrypto of OpenSSL 3 (or 1.1.1), which the platform's own cryptography runs on: its arithmetic of points and numbers, nothing deprecated but <see cref="Precompute"/>.
/// Every function says 1 for done, unless told otherwise; what it says of an error stays in the thread's queue until <see cref="ClearErrors"/>.
/// </summary>
internal static unsafe partial class OpenSsl
{
    public const string Library = "crypto";

    /// <summary>NID_X9_62_prime256v1, obj_mac.h.</summary>
    public const int P256 = 415;

    /// <summary>POINT_CONVERSION_UNCOMPRESSED, ec.h.</summary>
    public const int Uncompressed = 4;

    /// <summary>BN_FLG_CONSTTIME, bn.h.</summary>
    public const int ConstantTime = 4;

    // void ERR_clear_error(void)
    [LibraryImport(Library, EntryPoint = "ERR_clear_error")]
    internal static partial void ClearErrors();

    // EC_GROUP *EC_GROUP_new_by_curve_name(int nid); NULL = failed
    [LibraryImport(Library, EntryPoint = "EC_GROUP_new_by_curve_name")]
    internal static partial nint NewGroup(int curve);

    // EC_POINT *EC_POINT_new(const EC_GROUP *group); NULL = failed
    [LibraryImport(Library, EntryPoint = "EC_POINT_new")]
    internal static partial nint NewPoint(nint group);

    // void EC_POINT_clear_free(EC_POINT *point)
    [LibraryImport(Library, EntryPoint = "EC_POINT_clear_free")]
    internal static partial void WipePoint(nint point);

    // int EC_POINT_oct2point(const EC_GROUP *group, EC_POINT *p, const unsigned char *buf, size_t len, BN_CTX *ctx)
    // refuses coordinates that are not below the prime, and points off the curve
    [LibraryImport(Library, EntryPoint = "EC_POINT_oct2point")]
    internal static partial int ReadPoint(nint group, nint point, byte* bytes, nuint length, nint context);

    // size_t EC_POINT_point2oct(const EC_GROUP *group, const EC_POINT *p, point_conversion_form_t form, unsigned char *buf, size_t len, BN_CTX *ctx)
    // the length; 1 for infinity, 0 = failed
    [LibraryImport(Library, EntryPoint = "EC_POINT_point2oct")]
    internal static partial nuint WritePoint(nint group, nint point, int form, byte* bytes, nuint length, nint context);

    // int EC_POINT_mul(const EC_GROUP *group, EC_POINT *r, const BIGNUM *n, const EC_POINT *q, const BIGNUM *m, BN_CTX *ctx)
    // r = n·G + q·m, either half may be NULL; in constant time where there is one half only
    [LibraryImport(Library, EntryPoint = "EC_POINT_mul")]
    internal static partial int Multiply(nint group, nint result, nint ofGenerator, nint point, nint ofPoint, nint context);

    // BIGNUM *BN_secure_new(void); NULL = failed
    [LibraryImport(Library, EntryPoint = "BN_secure_new")]
    internal static partial nint NewNumber();

    // void BN_clear_free(BIGNUM *a)
    [LibraryImport(Library, EntryPoint = "BN_clear_free")]
    internal static partial void WipeNumber(nint number);

    // void BN_set_flags(BIGNUM *b, int n)
    [LibraryImport(Library, EntryPoint = "BN_set_flags")]
    internal static partial void SetFlags(nint number, int flags);

    // BIGNUM *BN_bin2bn(const unsigned char *s, int len, BIGNUM *ret); NULL = failed
    [LibraryImport(Library, EntryPoint = "BN_bin2bn")]
    internal static partial nint ReadNumber(byte* bytes, int length, nint number);

    // BN_CTX *BN_CTX_secure_new(void); NULL = failed
    [LibraryImport(Library, EntryPoint = "BN_CTX_secure_new")]
    internal static partial nint NewContext();

    // void BN_CTX_free(BN_CTX *c); its numbers are wiped
    [LibraryImport(Library, EntryPoint = "BN_CTX_free")]
    internal static partial void WipeContext(nint context);

    // void EC_GROUP_free(EC_GROUP *group)
    [LibraryImport(Library, EntryPoint = "EC_GROUP_free")]
    internal static partial void FreeGroup(nint group);

    // const BIGNUM *EC_GROUP_get0_order(const EC_GROUP *group)
    [LibraryImport(Library, EntryPoint = "EC_GROUP_get0_order")]
    internal static partial nint Order(nint group);

    // const BIGNUM *EC_GROUP_get0_cofactor(const EC_GROUP *group)
    [LibraryImport(Library, EntryPoint = "EC_GROUP_get0_cofactor")]
    internal static partial nint Cofactor(nint group);

    // int EC_GROUP_set_generator(EC_GROUP *group, const EC_POINT *generator, const BIGNUM *order, const BIGNUM *cofactor); copies all three
    [LibraryImport(Library, EntryPoint = "EC_GROUP_set_generator")]
    internal static partial int SetGenerator(nint group, nint generator, nint order, nint cofactor);

    // int EC_GROUP_precompute_mult(EC_GROUP *group, BN_CTX *ctx); a table of the generator's multiples, which EC_POINT_mul takes by itself; deprecated since 3.0
    [LibraryImport(Library, EntryPoint = "EC_GROUP_precompute_mult")]
    internal static partial int Precompute(nint group, nint context);

    // int EC_POINT_add(const EC_GROUP *group, EC_POINT *r, const EC_POINT *a, const EC_POINT *b, BN_CTX *ctx)
    [LibraryImport(Library, EntryPoint = "EC_POINT_add")]
    internal static partial int Add(nint group, nint result, nint left, nint right, nint context);

    // int EC_POINT_is_at_infinity(const EC_GROUP *group, const EC_POINT *p); 1 = it is
    [LibraryImport(Library, EntryPoint = "EC_POINT_is_at_infinity")]
    internal static partial int IsInfinity(nint group, nint point);

    // int EC_POINT_get_affine_coordinates(const EC_GROUP *group, const EC_POINT *p, BIGNUM *x, BIGNUM *y, BN_CTX *ctx); either may be NULL; fails at infinity
    [LibraryImport(Library, EntryPoint = "EC_POINT_get_affine_coordinates")]
    internal static partial int Affine(nint group, nint point, nint x, nint y, nint context);

    // void EC_POINT_free(EC_POINT *point)
    [LibraryImport(Library, EntryPoint = "EC_POINT_free")]
    internal static partial void FreePoint(nint point);

    // BIGNUM *BN_new(void); NULL = failed
    [LibraryImport(Library, EntryPoint = "BN_new")]
    internal static partial nint NewPublicNumber();

    // void BN_free(BIGNUM *a)
    [LibraryImport(Library, EntryPoint = "BN_free")]
    internal static partial void FreeNumber(nint number);

    // BIGNUM *BN_lebin2bn(const unsigned char *s, int len, BIGNUM *ret); NULL = failed
    [LibraryImport(Library, EntryPoint = "BN_lebin2bn")]
    internal static partial nint ReadLittleEndian(byte* bytes, int length, nint number);

    // int BN_mod_mul(BIGNUM *r, const BIGNUM *a, const BIGNUM *b, const BIGNUM *m, BN_CTX *ctx)
    [LibraryImport(Library, EntryPoint = "BN_mod_mul")]
    internal static partial int MultiplyModulo(nint result, nint left, nint right, nint modulus, nint context);

    // int BN_nnmod(BIGNUM *r, const BIGNUM *a, const BIGNUM *m, BN_CTX *ctx)
    [LibraryImport(Library, EntryPoint = "BN_nnmod")]
    internal static partial int Reduce(nint result, nint value, nint modulus, nint context);

    // int BN_cmp(const BIGNUM *a, const BIGNUM *b); -1, 0 or 1
    [LibraryImport(Library, EntryPoint = "BN_cmp")]
    internal static partial int CompareVarTime(nint left, nint right);

    // BN_CTX *BN_CTX_new(void); NULL = failed
    [LibraryImport(Library, EntryPoint = "BN_CTX_new")]
    internal static partial nint NewPublicContext();
}
