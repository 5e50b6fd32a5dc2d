using System.Runtime.InteropServices;

namespace VaultGrid.Crypto.Native;

internal static partial class Secp256k1
{
    // int secp256k1_xonly_pubkey_parse(const secp256k1_context* ctx, secp256k1_xonly_pubkey* pubkey, const unsigned char *input32)
    // 1 = the x coordinate of a point
    [LibraryImport(Library, EntryPoint = "secp256k1_xonly_pubkey_parse")]
    internal static partial int XOnlyParse(Secp256k1Context context, Span<byte> publicKey, ReadOnlySpan<byte> input32);

    // int secp256k1_xonly_pubkey_serialize(const secp256k1_context* ctx, unsigned char *output32, const secp256k1_xonly_pubkey* pubkey); 1 always
    [LibraryImport(Library, EntryPoint = "secp256k1_xonly_pubkey_serialize")]
    internal static partial int XOnlySerialize(Secp256k1Context context, Span<byte> output32, ReadOnlySpan<byte> publicKey);

    // int secp256k1_xonly_pubkey_from_pubkey(const secp256k1_context* ctx, secp256k1_xonly_pubkey *xonly_pubkey, int *pk_parity, const secp256k1_pubkey *pubkey); 1 always
    [LibraryImport(Library, EntryPoint = "secp256k1_xonly_pubkey_from_pubkey")]
    internal static partial int XOnlyFromPublicKey(Secp256k1Context context, Span<byte> xOnly, out int parity, ReadOnlySpan<byte> publicKey);

    // int secp256k1_xonly_pubkey_tweak_add(const secp256k1_context* ctx, secp256k1_pubkey *output_pubkey, const secp256k1_xonly_pubkey *internal_pubkey,
    //     const unsigned char *tweak32); 1 = done, 0 = tweak not below the order, or the sum is the point at infinity
    [LibraryImport(Library, EntryPoint = "secp256k1_xonly_pubkey_tweak_add")]
    internal static partial int XOnlyTweakAdd(Secp256k1Context context, Span<byte> output, ReadOnlySpan<byte> internalKey, ReadOnlySpan<byte> tweak32);

    // int secp256k1_keypair_create(const secp256k1_context* ctx, secp256k1_keypair *keypair, const unsigned char *seckey); 1 = done
    [LibraryImport(Library, EntryPoint = "secp256k1_keypair_create")]
    internal static partial int KeyPairCreate(Secp256k1Context context, LockedBlock keyPair, LockedBlock secretKey);

    // int secp256k1_keypair_sec(const secp256k1_context* ctx, unsigned char *seckey, const secp256k1_keypair *keypair); 1 always
    [LibraryImport(Library, EntryPoint = "secp256k1_keypair_sec")]
    internal static partial int KeyPairSecret(Secp256k1Context context, LockedBlock secretKey, LockedBlock keyPair);

    // int secp256k1_keypair_xonly_tweak_add(const secp256k1_context* ctx, secp256k1_keypair *keypair, const unsigned char *tweak32)
    // 1 = done, 0 = tweak not below the order, or the sum is 0
    [LibraryImport(Library, EntryPoint = "secp256k1_keypair_xonly_tweak_add")]
    internal static partial int KeyPairXOnlyTweakAdd(Secp256k1Context context, LockedBlock keyPair, ReadOnlySpan<byte> tweak32);
}
