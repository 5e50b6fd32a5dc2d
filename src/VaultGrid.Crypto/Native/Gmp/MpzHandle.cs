using System.Runtime.InteropServices;

namespace VaultGrid.Crypto.Native;

/// <summary>mpz_t. Its limbs live in locked memory and are wiped whenever GMP frees them (<see cref="GmpMemory"/>).</summary>
internal sealed unsafe partial class MpzHandle : SafeHandle
{
    // struct { int _mp_alloc; int _mp_size; mp_limb_t *_mp_d; }
    private const int StructSize = 16;

    public MpzHandle()
        : base(invalidHandleValue: 0, ownsHandle: true)
    {
        GmpMemory.Install();
        SetHandle((nint)NativeMemory.AllocZeroed(StructSize));
        Initialise(handle);
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Clear(handle);
        NativeMemory.Free((void*)handle);
        return true;
    }

    // void mpz_init(mpz_t x)
    [LibraryImport(Gmp.Library, EntryPoint = "__gmpz_init")]
    private static partial void Initialise(nint value);

    // void mpz_clear(mpz_t x)
    [LibraryImport(Gmp.Library, EntryPoint = "__gmpz_clear")]
    private static partial void Clear(nint value);
}
