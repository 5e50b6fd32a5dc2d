using System.Runtime.InteropServices;

namespace VaultGrid.Crypto.Native;

internal static partial class Secp256k1
{
    // int secp256k1_schnorrsig_sign_custom(const secp256k1_context* ctx, unsigned char *sig64, const unsigned char *msg, size_t msglen,
    //     const secp256k1_keypair *keypair, secp256k1_schnorrsig_extraparams *extraparams); 1 = signed
    [LibraryImport(Library, EntryPoint = "secp256k1_schnorrsig_sign_custom")]
    internal static partial int SchnorrSign(
        Secp256k1Context context, Span<byte> signature64, ReadOnlySpan<byte> message, nuint messageLength, LockedBlock keyPair, ref SchnorrExtraParameters extra);

    // int secp256k1_schnorrsig_verify(const secp256k1_context* ctx, const unsigned char *sig64, const unsigned char *msg, size_t msglen,
    //     const secp256k1_xonly_pubkey *pubkey); 1 = valid
    [LibraryImport(Library, EntryPoint = "secp256k1_schnorrsig_verify")]
    internal static partial int SchnorrVerify(
        Secp256k1Context context, ReadOnlySpan<byte> signature64, ReadOnlySpan<byte> message, nuint messageLength, ReadOnlySpan<byte> publicKey);

    /// <summary>struct { unsigned char magic[4]; secp256k1_nonce_function_hardened noncefp; void *ndata; }</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct SchnorrExtraParameters(nint auxiliary32)
    {
        // SECP256K1_SCHNORRSIG_EXTRAPARAMS_MAGIC, { 0xda, 0x6f, 0xb3, 0x8c }
        private readonly uint _magic = BitConverter.ToUInt32([0xda, 0x6f, 0xb3, 0x8c]);
        private readonly nint _nonceFunction; // NULL: BIP-340's own
        private readonly nint _auxiliary32 = auxiliary32;
    }
}
