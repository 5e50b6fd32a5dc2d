using System.Runtime.InteropServices;

namespace VaultGrid.Crypto.Native;

internal static partial class Secp256k1
{
    // int secp256k1_ec_seckey_verify(const secp256k1_context* ctx, const unsigned char *seckey)
    // 1 = between 1 and the order less 1
    [LibraryImport(Library, EntryPoint = "secp256k1_ec_seckey_verify")]
    internal static partial int SecretKeyVerify(Secp256k1Context context, LockedBlock secretKey);

    // int secp256k1_ec_seckey_tweak_add(const secp256k1_context* ctx, unsigned char *seckey, const unsigned char *tweak32)
    // 1 = done, 0 = tweak not below the order, or the sum is 0; the key is zeroed then
    [LibraryImport(Library, EntryPoint = "secp256k1_ec_seckey_tweak_add")]
    internal static partial int SecretKeyTweakAdd(Secp256k1Context context, LockedBlock secretKey, ReadOnlySpan<byte> tweak32);
}
