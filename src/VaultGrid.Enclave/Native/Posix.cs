using System.Runtime.InteropServices;

namespace VaultGrid.Enclave.Native;

/// <summary>The C library's process and directory calls (Linux numbers).</summary>
internal static partial class Posix
{
    public const int SetDumpable = 4;
    public const int DropFromBoundingSet = 24;
    public const int SetNoNewPrivileges = 38;
    public const int ResourceCore = 4;
    public const int ResourceLockedMemory = 8;
    public const int OpenDirectory = 0x10000;
    public const int CloseOnExec = 0x80000;

    private const string Library = "libc";

    // int prctl(int option, unsigned long arg2, unsigned long arg3, unsigned long arg4, unsigned long arg5); 0 = done
    [LibraryImport(Library, EntryPoint = "prctl", SetLastError = true)]
    internal static partial int ProcessControl(int option, nuint value, nuint unused3, nuint unused4, nuint unused5);

    // int setrlimit(int resource, const struct rlimit *rlim); 0 = done
    [LibraryImport(Library, EntryPoint = "setrlimit", SetLastError = true)]
    internal static partial int SetLimit(int resource, in ResourceLimit limit);

    // int getrlimit(int resource, struct rlimit *rlim); 0 = done
    [LibraryImport(Library, EntryPoint = "getrlimit", SetLastError = true)]
    internal static partial int GetLimit(int resource, out ResourceLimit limit);

    // mode_t umask(mode_t mask); the mask before
    [LibraryImport(Library, EntryPoint = "umask")]
    internal static partial uint SetFileMask(uint mask);

    // uid_t geteuid(void)
    [LibraryImport(Library, EntryPoint = "geteuid")]
    internal static partial uint EffectiveUser();

    // int execve(const char *pathname, char *const argv[], char *const envp[]); comes back only when it failed
    [LibraryImport(Library, EntryPoint = "execve", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int Execute(string path, nint[] arguments, nint[] environment);

    // long syscall(long number, ...); -1 = failed. Whole numbers are passed alike whether a C function is variadic or not, on x86-64 and on 64-bit Arm Linux.
    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    internal static partial nint SystemCall(nint number, nint first, nint second, nint third, nint fourth);

    // int setenv(const char *name, const char *value, int overwrite); 0 = done
    [LibraryImport(Library, EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int SetVariable(string name, string value, int overwrite);

    // int open(const char *pathname, int flags); -1 = failed
    [LibraryImport(Library, EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int Open(string path, int flags);

    // int fsync(int fd); 0 = done
    [LibraryImport(Library, EntryPoint = "fsync", SetLastError = true)]
    internal static partial int Sync(int descriptor);

    // int fdatasync(int fd); 0 = done
    [LibraryImport(Library, EntryPoint = "fdatasync", SetLastError = true)]
    internal static partial int SyncData(SafeHandle file);

    // int close(int fd); 0 = done
    [LibraryImport(Library, EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(int descriptor);

    // int setpriority(int which, id_t who, int prio); 0 = done. With PRIO_PROCESS and who = 0 Linux takes the calling thread alone.
    [LibraryImport(Library, EntryPoint = "setpriority", SetLastError = true)]
    private static partial int SetPriority(int which, uint who, int priority);

    /// <summary>The calling thread runs when no other wants to. Where that fails it runs like any other.</summary>
    internal static void GiveWay() => _ = SetPriority(0, 0, 19);

    /// <summary>struct rlimit { rlim_t rlim_cur; rlim_t rlim_max; }</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly struct ResourceLimit(ulong soft, ulong hard)
    {
        public readonly ulong Soft = soft;
        public readonly ulong Hard = hard;
    }
}
