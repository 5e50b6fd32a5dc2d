using System.Runtime.InteropServices;

namespace VaultGrid.Benchmarks;

/// <summary>GMP itself: constant-time exponentiation of random numbers of a size.</summary>
internal static class LibGmp
{
    private const string Library = "libgmp.so.10";

    [StructLayout(LayoutKind.Sequential)]
    private struct Mpz
    {
        public int Allocated;
        public int Size;
        public nint Limbs;
    }

    // void mpz_init(mpz_t x)
    [DllImport(Library, EntryPoint = "__gmpz_init")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void Init(ref Mpz x);

    // void mpz_import(mpz_t rop, size_t count, int order, size_t size, int endian, size_t nails, const void *op)
    [DllImport(Library, EntryPoint = "__gmpz_import")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void Import(ref Mpz x, nuint count, int order, nuint size, int endian, nuint nails, byte[] bytes);

    // void mpz_powm_sec(mpz_t rop, const mpz_t base, const mpz_t exp, const mpz_t mod)
    [DllImport(Library, EntryPoint = "__gmpz_powm_sec")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void Power(ref Mpz result, ref Mpz number, ref Mpz exponent, ref Mpz modulus);

    /// <summary>An operation that raises a number to a power modulo an odd number, in constant time.</summary>
    public static Action Exponentiation(int modulusBits, int exponentBits)
    {
        var (result, number, exponent, modulus) = (Random(64), Random(modulusBits - 8), Random(exponentBits), Random(modulusBits));
        return () => Power(ref result, ref number, ref exponent, ref modulus);
    }

    private static Mpz Random(int bits)
    {
        var bytes = System.Security.Cryptography.RandomNumberGenerator.GetBytes(bits / 8);
        bytes[0] |= 0x80;
        bytes[^1] |= 1;
        var number = default(Mpz);
        Init(ref number);
        Import(ref number, (nuint)bytes.Length, 1, 1, 1, 0, bytes);
        return number;
    }
}
