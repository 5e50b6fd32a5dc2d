using System.Runtime.InteropServices;

namespace VaultGrid.Crypto.Native;

/// <summary>GMP 6.2 integers (mpz). Names in C carry the prefix <c>__gmpz_</c>, as gmp.h defines them.</summary>
internal static partial class Gmp
{
    public const string Library = "gmp";

    // void mpz_import(mpz_t rop, size_t count, int order, size_t size, int endian, size_t nails, const void *op)
    [LibraryImport(Library, EntryPoint = "__gmpz_import")]
    internal static partial void Import(MpzHandle result, nuint count, int order, nuint size, int endian, nuint nails, ReadOnlySpan<byte> bytes);

    // void *mpz_export(void *rop, size_t *countp, int order, size_t size, int endian, size_t nails, const mpz_t op)
    [LibraryImport(Library, EntryPoint = "__gmpz_export")]
    internal static partial nint Export(Span<byte> bytes, out nuint count, int order, nuint size, int endian, nuint nails, MpzHandle value);

    // size_t mpz_sizeinbase(const mpz_t op, int base); 1 for zero
    [LibraryImport(Library, EntryPoint = "__gmpz_sizeinbase")]
    internal static partial nuint SizeInBase(MpzHandle value, int numberBase);

    // int mpz_cmp(const mpz_t op1, const mpz_t op2); negative, 0 or positive
    [LibraryImport(Library, EntryPoint = "__gmpz_cmp")]
    internal static partial int CompareVarTime(MpzHandle left, MpzHandle right);

    // int mpz_cmp_ui(const mpz_t op1, unsigned long op2); negative, 0 or positive
    [LibraryImport(Library, EntryPoint = "__gmpz_cmp_ui")]
    internal static partial int CompareVarTime(MpzHandle left, nuint right);

    // int mpz_tstbit(const mpz_t op, mp_bitcnt_t bit_index); 0 or 1
    [LibraryImport(Library, EntryPoint = "__gmpz_tstbit")]
    internal static partial int TestBit(MpzHandle value, nuint index);

    // void mpz_powm_sec(mpz_t rop, const mpz_t base, const mpz_t exp, const mpz_t mod); exp > 0 and mod odd, or the process ends
    [LibraryImport(Library, EntryPoint = "__gmpz_powm_sec")]
    internal static partial void PowerModSecret(MpzHandle result, MpzHandle value, MpzHandle exponent, MpzHandle modulus);

    // int mpz_probab_prime_p(const mpz_t n, int reps); 2 = prime, 1 = probably, 0 = composite; Baillie-PSW, then reps - 24 rounds of Miller-Rabin
    [LibraryImport(Library, EntryPoint = "__gmpz_probab_prime_p")]
    internal static partial int IsProbablePrime(MpzHandle value, int rounds);
}
