using System.Runtime.InteropServices;

namespace VaultGrid.Crypto.Native;

/// <summary>The C library's memory calls (Linux numbers).</summary>
internal static partial class Libc
{
    public const int ProtNone = 0;
    public const int ProtRead = 1;
    public const int ProtWrite = 2;
    public const int MapPrivate = 0x02;
    public const int MapAnonymous = 0x20;
    public const int MadvDontDump = 16;
    public const int MadvWipeOnFork = 18;
    public const int RlimitMemlock = 8;

    private const string Library = "libc";

    // void *mmap(void *addr, size_t length, int prot, int flags, int fd, off_t offset); MAP_FAILED = -1
    [LibraryImport(Library, EntryPoint = "mmap", SetLastError = true)]
    internal static partial nint Map(nint address, nuint length, int protection, int flags, int descriptor, nint offset);

    // int munmap(void *addr, size_t length); 0 = done
    [LibraryImport(Library, EntryPoint = "munmap", SetLastError = true)]
    internal static partial int Unmap(nint address, nuint length);

    // int mprotect(void *addr, size_t len, int prot); 0 = done
    [LibraryImport(Library, EntryPoint = "mprotect", SetLastError = true)]
    internal static partial int Protect(nint address, nuint length, int protection);

    // int mlock(const void *addr, size_t len); 0 = done
    [LibraryImport(Library, EntryPoint = "mlock", SetLastError = true)]
    internal static partial int Lock(nint address, nuint length);

    // int madvise(void *addr, size_t length, int advice); 0 = done
    [LibraryImport(Library, EntryPoint = "madvise", SetLastError = true)]
    internal static partial int Advise(nint address, nuint length, int advice);

    // int getrlimit(int resource, struct rlimit *rlim); 0 = done
    [LibraryImport(Library, EntryPoint = "getrlimit", SetLastError = true)]
    internal static partial int GetLimit(int resource, out ResourceLimit limit);

    /// <summary>struct rlimit { rlim_t rlim_cur; rlim_t rlim_max; }</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly struct ResourceLimit
    {
        public readonly ulong Soft;
        public readonly ulong Hard;
    }
}
