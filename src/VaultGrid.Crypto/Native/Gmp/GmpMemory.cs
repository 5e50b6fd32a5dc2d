using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VaultGrid.Crypto.Native;

/// <summary>
/// Gives GMP memory from the locked arena, so that limbs of secret numbers are locked, not dumped and wiped when freed.
/// Temporaries below 64 KiB that GMP takes from the stack are outside of this (SECURITY.md).
/// </summary>
internal static unsafe partial class GmpMemory
{
    private static readonly ConcurrentDictionary<nint, LockedBlock> Rented = new();
    private static readonly Lazy<bool> Installed = new(() =>
    {
        SetMemoryFunctions(&Allocate, &Reallocate, &Release);
        return true;
    });

    /// <summary>Makes sure that no number is made before the functions are in place. They are one setting for the whole process.</summary>
    public static void Install() => _ = Installed.Value;

    // GMP can't be told that memory is short: it expects these never to return then, and an exception can't cross its frames.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Allocate(nuint size)
    {
        try
        {
            return Rent(size);
        }
        catch (Exception e)
        {
            Environment.FailFast($"GMP needs {size} bytes of locked memory: {e.Message}");
            return 0;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Reallocate(nint old, nuint oldSize, nuint newSize)
    {
        try
        {
            var address = Rent(newSize);
            var kept = (int)Math.Min(oldSize, newSize);
            new ReadOnlySpan<byte>((void*)old, kept).CopyTo(new Span<byte>((void*)address, kept));
            GiveBack(old);
            return address;
        }
        catch (Exception e)
        {
            Environment.FailFast($"GMP needs {newSize} bytes of locked memory: {e.Message}");
            return 0;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Release(nint address, nuint size) => GiveBack(address);

    private static nint Rent(nuint size)
    {
        var block = LockedArena.Rent(checked((int)size));
        var address = block.DangerousGetHandle(); // it is GMP's until it calls Release; the table keeps the block alive
        Rented[address] = block;
        return address;
    }

    private static void GiveBack(nint address)
    {
        if (Rented.TryRemove(address, out var block)) block.Dispose();
    }

    // void mp_set_memory_functions(void *(*alloc_func_ptr)(size_t), void *(*realloc_func_ptr)(void *, size_t, size_t), void (*free_func_ptr)(void *, size_t))
    [LibraryImport(Gmp.Library, EntryPoint = "__gmp_set_memory_functions")]
    private static partial void SetMemoryFunctions(
        delegate* unmanaged[Cdecl]<nuint, nint> allocate,
        delegate* unmanaged[Cdecl]<nint, nuint, nuint, nint> reallocate,
        delegate* unmanaged[Cdecl]<nint, nuint, void> release);
}
