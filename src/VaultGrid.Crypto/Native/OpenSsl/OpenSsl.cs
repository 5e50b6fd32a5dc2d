using System.Runtime.InteropServices;

namespace VaultGrid.Crypto.Native;

/// <summary>
/// libcrypto of OpenSSL 3 (or 1.1.1), which the platform's own cryptography runs on: its arithmetic of points and numbers, none of it deprecated. Every function says
/// 1 for done, unless told otherwise; what it says of an error stays in the thread's queue until <see cref="ClearErrors"/>.
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
}
