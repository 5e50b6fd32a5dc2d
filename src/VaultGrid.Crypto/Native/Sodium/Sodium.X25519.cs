using System.Runtime.InteropServices;

namespace VaultGrid.Crypto.Native;

internal static partial class Sodium
{
    // int crypto_scalarmult_curve25519(unsigned char *q, const unsigned char *n, const unsigned char *p); 0 = done, -1 = the result is all zero
    [LibraryImport(Library, EntryPoint = "crypto_scalarmult_curve25519")]
    internal static partial int X25519(LockedBlock shared32, LockedBlock secretKey32, ReadOnlySpan<byte> publicKey32);

    // int crypto_scalarmult_curve25519_base(unsigned char *q, const unsigned char *n); 0 = done
    [LibraryImport(Library, EntryPoint = "crypto_scalarmult_curve25519_base")]
    internal static partial int X25519PublicKey(Span<byte> publicKey32, LockedBlock secretKey32);
}
