using System.Runtime.InteropServices;

namespace VaultGrid.Crypto.Native;

internal static partial class Sodium
{
    // int crypto_core_ed25519_is_valid_point(const unsigned char *p); 1 = canonical, on the curve, in the main subgroup, not of small order
    [LibraryImport(Library, EntryPoint = "crypto_core_ed25519_is_valid_point")]
    internal static partial int Ed25519IsValidPoint(ReadOnlySpan<byte> point32);

    // int crypto_core_ed25519_add(unsigned char *r, const unsigned char *p, const unsigned char *q); 0 = done, -1 = not on the curve
    [LibraryImport(Library, EntryPoint = "crypto_core_ed25519_add")]
    internal static partial int Ed25519Add(Span<byte> sum32, ReadOnlySpan<byte> left32, ReadOnlySpan<byte> right32);

    // int crypto_core_ed25519_sub(unsigned char *r, const unsigned char *p, const unsigned char *q); 0 = done, -1 = not on the curve
    [LibraryImport(Library, EntryPoint = "crypto_core_ed25519_sub")]
    internal static partial int Ed25519Subtract(Span<byte> difference32, ReadOnlySpan<byte> left32, ReadOnlySpan<byte> right32);

    // int crypto_scalarmult_ed25519_noclamp(unsigned char *q, const unsigned char *n, const unsigned char *p)
    // 0 = done, -1 = the scalar is 0, or the point is of small order or outside the main subgroup
    [LibraryImport(Library, EntryPoint = "crypto_scalarmult_ed25519_noclamp")]
    internal static partial int Ed25519Multiply(Span<byte> product32, LockedBlock scalar32, ReadOnlySpan<byte> point32);

    // int crypto_scalarmult_ed25519_base_noclamp(unsigned char *q, const unsigned char *n); 0 = done, -1 = the scalar is 0
    [LibraryImport(Library, EntryPoint = "crypto_scalarmult_ed25519_base_noclamp")]
    internal static partial int Ed25519MultiplyBase(Span<byte> product32, LockedBlock scalar32);

    // int crypto_core_ristretto255_is_valid_point(const unsigned char *p); 1 = canonical (the identity, too)
    [LibraryImport(Library, EntryPoint = "crypto_core_ristretto255_is_valid_point")]
    internal static partial int Ristretto255IsValidPoint(ReadOnlySpan<byte> point32);

    // int crypto_core_ristretto255_add(unsigned char *r, const unsigned char *p, const unsigned char *q); 0 = done, -1 = no point
    [LibraryImport(Library, EntryPoint = "crypto_core_ristretto255_add")]
    internal static partial int Ristretto255Add(Span<byte> sum32, ReadOnlySpan<byte> left32, ReadOnlySpan<byte> right32);

    // int crypto_core_ristretto255_sub(unsigned char *r, const unsigned char *p, const unsigned char *q); 0 = done, -1 = no point
    [LibraryImport(Library, EntryPoint = "crypto_core_ristretto255_sub")]
    internal static partial int Ristretto255Subtract(Span<byte> difference32, ReadOnlySpan<byte> left32, ReadOnlySpan<byte> right32);

    // int crypto_core_ristretto255_from_hash(unsigned char *p, const unsigned char *r); 0 always
    [LibraryImport(Library, EntryPoint = "crypto_core_ristretto255_from_hash")]
    internal static partial int Ristretto255FromHash(Span<byte> point32, ReadOnlySpan<byte> uniform64);

    // int crypto_scalarmult_ristretto255(unsigned char *q, const unsigned char *n, const unsigned char *p); 0 = done, -1 = the product is the identity
    [LibraryImport(Library, EntryPoint = "crypto_scalarmult_ristretto255")]
    internal static partial int Ristretto255Multiply(Span<byte> product32, LockedBlock scalar32, ReadOnlySpan<byte> point32);

    // int crypto_scalarmult_ristretto255_base(unsigned char *q, const unsigned char *n); 0 = done, -1 = the product is the identity
    [LibraryImport(Library, EntryPoint = "crypto_scalarmult_ristretto255_base")]
    internal static partial int Ristretto255MultiplyBase(Span<byte> product32, LockedBlock scalar32);
}
