using System.Runtime.InteropServices;
using VaultGrid.Crypto.Native;

namespace VaultGrid.Crypto;

/// <summary>
/// A mapping of whole pages between two inaccessible guard pages: locked into RAM, left out of core dumps, and read as zero in
/// a forked child. An overrun of a neighbour faults instead of reading a secret.
/// </summary>
internal sealed class LockedPages
{
    private readonly nint _mapping;
    private readonly nuint _mapped;

    private LockedPages(nint mapping, nuint mapped, int length) =>
        (_mapping, _mapped, Length) = (mapping, mapped, length);

    /// <summary>First usable byte.</summary>
    public nint Address => _mapping + Environment.SystemPageSize;

    /// <summary>Usable bytes, a multiple of the page size.</summary>
    public int Length { get; }

    /// <summary>Maps at least <paramref name="bytes"/> bytes, zeroed.</summary>
    /// <exception cref="LockedMemoryException">The limit of locked memory is reached, or memory is short.</exception>
    public static LockedPages Map(int bytes)
    {
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException("Locked memory for secrets is implemented for Linux.");

        var page = Environment.SystemPageSize;
        var length = checked((bytes + page - 1) / page * page);
        var mapped = (nuint)length + (nuint)(2 * page);

        var mapping = Libc.Map(0, mapped, Libc.ProtNone, Libc.MapPrivate | Libc.MapAnonymous, -1, 0);
        if (mapping == -1) throw Refused("mmap", (nuint)length);

        var pages = new LockedPages(mapping, mapped, length);
        try
        {
            pages.Arm();
            return pages;
        }
        catch
        {
            pages.Unmap();
            throw;
        }
    }

    /// <summary>Gives the pages back. The caller has wiped them.</summary>
    public void Unmap()
    {
        var code = Libc.Unmap(_mapping, _mapped);
        NativeCallException.ThrowUnless(code == 0, code, "munmap");
    }

    private void Arm()
    {
        var length = (nuint)Length;
        if (Libc.Protect(Address, length, Libc.ProtRead | Libc.ProtWrite) != 0) throw Refused("mprotect", length);

        // Flags before the lock, and the lock before the first secret: there is no moment at which one could be dumped or swapped.
        if (Libc.Advise(Address, length, Libc.MadvDontDump) != 0) throw Refused("madvise(MADV_DONTDUMP)", length);
        if (Libc.Advise(Address, length, Libc.MadvWipeOnFork) != 0) throw Refused("madvise(MADV_WIPEONFORK)", length);
        if (Libc.Lock(Address, length) != 0) throw Refused("mlock", length);
    }

    private static LockedMemoryException Refused(string call, nuint bytes)
    {
        var errno = Marshal.GetLastPInvokeError();
        var limit = Libc.GetLimit(Libc.RlimitMemlock, out var memlock) != 0 ? "unknown"
            : memlock.Soft == ulong.MaxValue ? "unlimited"
            : $"{memlock.Soft} bytes";
        return new LockedMemoryException(call, errno, bytes, limit);
    }
}
