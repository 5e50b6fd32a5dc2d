using System.Runtime.InteropServices;

namespace VaultGrid.Crypto.Native;

internal static partial class Sodium
{
    // int crypto_sign_ed25519_seed_keypair(unsigned char *pk, unsigned char *sk, const unsigned char *seed); 0 = done; sk = seed, then pk (64 bytes)
    [LibraryImport(Library, EntryPoint = "crypto_sign_ed25519_seed_keypair")]
    internal static partial int Ed25519SeedKeyPair(Span<byte> publicKey32, LockedBlock secretKey64, LockedBlock seed32);

    // int crypto_sign_ed25519_detached(unsigned char *sig, unsigned long long *siglen_p, const unsigned char *m, unsigned long long mlen, const unsigned char *sk); 0 = done
    [LibraryImport(Library, EntryPoint = "crypto_sign_ed25519_detached")]
    internal static partial int Ed25519Sign(Span<byte> signature64, out ulong signatureLength, ReadOnlySpan<byte> message, ulong messageLength, LockedBlock secretKey64);

    // int crypto_sign_ed25519_verify_detached(const unsigned char *sig, const unsigned char *m, unsigned long long mlen, const unsigned char *pk); 0 = valid
    [LibraryImport(Library, EntryPoint = "crypto_sign_ed25519_verify_detached")]
    internal static partial int Ed25519Verify(ReadOnlySpan<byte> signature64, ReadOnlySpan<byte> message, ulong messageLength, ReadOnlySpan<byte> publicKey32);
}
