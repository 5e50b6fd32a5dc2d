using System.Runtime.InteropServices;

namespace VaultGrid.Crypto.Native;

internal static partial class Secp256k1
{
    // int secp256k1_ec_pubkey_parse(const secp256k1_context* ctx, secp256k1_pubkey* pubkey, const unsigned char *input, size_t inputlen)
    // 1 = valid point in a 33- or 65-byte encoding
    [LibraryImport(Library, EntryPoint = "secp256k1_ec_pubkey_parse")]
    internal static partial int PublicKeyParse(Secp256k1Context context, Span<byte> publicKey, ReadOnlySpan<byte> input, nuint inputLength);

    // int secp256k1_ec_pubkey_serialize(const secp256k1_context* ctx, unsigned char *output, size_t *outputlen, const secp256k1_pubkey* pubkey, unsigned int flags)
    // 1 always
    [LibraryImport(Library, EntryPoint = "secp256k1_ec_pubkey_serialize")]
    internal static partial int PublicKeySerialize(Secp256k1Context context, Span<byte> output, ref nuint outputLength, ReadOnlySpan<byte> publicKey, uint flags);

    // int secp256k1_ec_pubkey_create(const secp256k1_context* ctx, secp256k1_pubkey *pubkey, const unsigned char *seckey)
    // 1 = done, 0 = the secret is 0 or not below the order
    [LibraryImport(Library, EntryPoint = "secp256k1_ec_pubkey_create")]
    internal static partial int PublicKeyCreate(Secp256k1Context context, Span<byte> publicKey, LockedBlock secretKey);

    // int secp256k1_ec_pubkey_negate(const secp256k1_context* ctx, secp256k1_pubkey *pubkey); 1 always
    [LibraryImport(Library, EntryPoint = "secp256k1_ec_pubkey_negate")]
    internal static partial int PublicKeyNegate(Secp256k1Context context, Span<byte> publicKey);

    // int secp256k1_ec_pubkey_tweak_add(const secp256k1_context* ctx, secp256k1_pubkey *pubkey, const unsigned char *tweak32)
    // 1 = done, 0 = tweak not below the order, or the sum is the point at infinity
    [LibraryImport(Library, EntryPoint = "secp256k1_ec_pubkey_tweak_add")]
    internal static partial int PublicKeyTweakAdd(Secp256k1Context context, Span<byte> publicKey, ReadOnlySpan<byte> tweak32);

    // int secp256k1_ec_pubkey_tweak_mul(const secp256k1_context* ctx, secp256k1_pubkey *pubkey, const unsigned char *tweak32)
    // 1 = done, 0 = tweak is 0 or not below the order
    [LibraryImport(Library, EntryPoint = "secp256k1_ec_pubkey_tweak_mul")]
    internal static partial int PublicKeyTweakMultiplyVarTime(Secp256k1Context context, Span<byte> publicKey, ReadOnlySpan<byte> tweak32);

    // int secp256k1_ec_pubkey_combine(const secp256k1_context* ctx, secp256k1_pubkey *out, const secp256k1_pubkey * const * ins, size_t n)
    // 1 = done, 0 = the sum is the point at infinity
    [LibraryImport(Library, EntryPoint = "secp256k1_ec_pubkey_combine")]
    internal static unsafe partial int PublicKeyCombine(Secp256k1Context context, Span<byte> sum, ReadOnlySpan<nint> publicKeys, nuint count);
}
