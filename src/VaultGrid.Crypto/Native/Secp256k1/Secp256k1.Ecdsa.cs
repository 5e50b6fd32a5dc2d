using System.Runtime.InteropServices;

namespace VaultGrid.Crypto.Native;

internal static partial class Secp256k1
{
    // int secp256k1_ecdsa_signature_parse_compact(const secp256k1_context* ctx, secp256k1_ecdsa_signature* sig, const unsigned char *input64)
    // 1 = r and s are below the order
    [LibraryImport(Library, EntryPoint = "secp256k1_ecdsa_signature_parse_compact")]
    internal static partial int SignatureParseCompact(Secp256k1Context context, Span<byte> signature, ReadOnlySpan<byte> input64);

    // int secp256k1_ecdsa_signature_serialize_compact(const secp256k1_context* ctx, unsigned char *output64, const secp256k1_ecdsa_signature* sig); 1 always
    [LibraryImport(Library, EntryPoint = "secp256k1_ecdsa_signature_serialize_compact")]
    internal static partial int SignatureSerializeCompact(Secp256k1Context context, Span<byte> output64, ReadOnlySpan<byte> signature);

    // int secp256k1_ecdsa_signature_parse_der(const secp256k1_context* ctx, secp256k1_ecdsa_signature* sig, const unsigned char *input, size_t inputlen)
    // 1 = parsed; a number out of range is turned into 0
    [LibraryImport(Library, EntryPoint = "secp256k1_ecdsa_signature_parse_der")]
    internal static partial int SignatureParseDer(Secp256k1Context context, Span<byte> signature, ReadOnlySpan<byte> input, nuint inputLength);

    // int secp256k1_ecdsa_signature_serialize_der(const secp256k1_context* ctx, unsigned char *output, size_t *outputlen, const secp256k1_ecdsa_signature* sig)
    // 1 = done, 0 = the buffer is too short
    [LibraryImport(Library, EntryPoint = "secp256k1_ecdsa_signature_serialize_der")]
    internal static partial int SignatureSerializeDer(Secp256k1Context context, Span<byte> output, ref nuint outputLength, ReadOnlySpan<byte> signature);

    // int secp256k1_ecdsa_signature_normalize(const secp256k1_context* ctx, secp256k1_ecdsa_signature *sigout, const secp256k1_ecdsa_signature *sigin)
    // 1 = s was high, 0 = it was low already
    [LibraryImport(Library, EntryPoint = "secp256k1_ecdsa_signature_normalize")]
    internal static partial int SignatureNormalize(Secp256k1Context context, Span<byte> output, ReadOnlySpan<byte> input);

    // int secp256k1_ecdsa_verify(const secp256k1_context* ctx, const secp256k1_ecdsa_signature *sig, const unsigned char *msghash32, const secp256k1_pubkey *pubkey)
    // 1 = valid with low s
    [LibraryImport(Library, EntryPoint = "secp256k1_ecdsa_verify")]
    internal static partial int Verify(Secp256k1Context context, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> digest32, ReadOnlySpan<byte> publicKey);

    // int secp256k1_ecdsa_sign_recoverable(const secp256k1_context* ctx, secp256k1_ecdsa_recoverable_signature *sig, const unsigned char *msghash32,
    //     const unsigned char *seckey, secp256k1_nonce_function noncefp, const void *ndata)
    // 1 = signed; noncefp NULL = RFC 6979, ndata NULL or 32 bytes of extra entropy (section 3.6); s is always low
    [LibraryImport(Library, EntryPoint = "secp256k1_ecdsa_sign_recoverable")]
    internal static partial int SignRecoverable(
        Secp256k1Context context, Span<byte> signature, ReadOnlySpan<byte> digest32, LockedBlock secretKey, nint nonceFunction, ReadOnlySpan<byte> entropy32);

    // int secp256k1_ecdsa_recoverable_signature_parse_compact(const secp256k1_context* ctx, secp256k1_ecdsa_recoverable_signature* sig, const unsigned char *input64, int recid)
    // 1 = r and s are below the order
    [LibraryImport(Library, EntryPoint = "secp256k1_ecdsa_recoverable_signature_parse_compact")]
    internal static partial int RecoverableParseCompact(Secp256k1Context context, Span<byte> signature, ReadOnlySpan<byte> input64, int recoveryId);

    // int secp256k1_ecdsa_recoverable_signature_serialize_compact(const secp256k1_context* ctx, unsigned char *output64, int *recid,
    //     const secp256k1_ecdsa_recoverable_signature* sig); 1 always
    [LibraryImport(Library, EntryPoint = "secp256k1_ecdsa_recoverable_signature_serialize_compact")]
    internal static partial int RecoverableSerializeCompact(Secp256k1Context context, Span<byte> output64, out int recoveryId, ReadOnlySpan<byte> signature);

    // int secp256k1_ecdsa_recover(const secp256k1_context* ctx, secp256k1_pubkey *pubkey, const secp256k1_ecdsa_recoverable_signature *sig, const unsigned char *msghash32)
    // 1 = a key was recovered, under which the signature is valid
    [LibraryImport(Library, EntryPoint = "secp256k1_ecdsa_recover")]
    internal static partial int Recover(Secp256k1Context context, Span<byte> publicKey, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> digest32);
}
