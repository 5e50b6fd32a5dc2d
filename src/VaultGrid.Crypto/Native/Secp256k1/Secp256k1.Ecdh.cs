using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VaultGrid.Crypto.Native;

internal static unsafe partial class Secp256k1
{
    /// <summary>A hash function that hashes nothing: the output is the x coordinate, for callers that derive keys with HKDF.</summary>
    internal static delegate* unmanaged[Cdecl]<byte*, byte*, byte*, nint, int> XCoordinate => &CopyX;

    /// <summary>A hash function that hands out the product itself, uncompressed: 65 bytes.</summary>
    internal static delegate* unmanaged[Cdecl]<byte*, byte*, byte*, nint, int> Point => &CopyPoint;

    // int secp256k1_ecdh(const secp256k1_context* ctx, unsigned char *output, const secp256k1_pubkey *pubkey, const unsigned char *seckey,
    //     secp256k1_ecdh_hash_function hashfp, void *data); 1 = done, 0 = the secret is 0 or not below the order
    [LibraryImport(Library, EntryPoint = "secp256k1_ecdh")]
    internal static partial int Ecdh(
        Secp256k1Context context, LockedBlock output, ReadOnlySpan<byte> publicKey, LockedBlock secretKey,
        delegate* unmanaged[Cdecl]<byte*, byte*, byte*, nint, int> hashFunction, nint data);

    // int (*secp256k1_ecdh_hash_function)(unsigned char *output, const unsigned char *x32, const unsigned char *y32, void *data); 1 = done
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int CopyX(byte* output, byte* x32, byte* y32, nint data)
    {
        new ReadOnlySpan<byte>(x32, 32).CopyTo(new Span<byte>(output, 32));
        return 1;
    }

    // The same prototype.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int CopyPoint(byte* output, byte* x32, byte* y32, nint data)
    {
        output[0] = 0x04;
        new ReadOnlySpan<byte>(x32, 32).CopyTo(new Span<byte>(output + 1, 32));
        new ReadOnlySpan<byte>(y32, 32).CopyTo(new Span<byte>(output + 33, 32));
        return 1;
    }
}
