using System.Runtime.InteropServices;

namespace VaultGrid.Crypto.Tests;

/// <summary>capabilities(7) of the calling thread.</summary>
internal static partial class Capabilities
{
    private const uint Version3 = 0x20080522;

    /// <summary>Gives up all effective and permitted capabilities of this thread, and of no other.</summary>
    public static void Drop()
    {
        var header = new Header { Version = Version3 };
        var none = new ulong[3]; // two of { effective, permitted, inheritable }, 32 bits each
        Assert.Equal(0, Set(ref header, none));
    }

    // int capset(cap_user_header_t hdrp, const cap_user_data_t datap); 0 = done
    [LibraryImport("libc", EntryPoint = "capset", SetLastError = true)]
    private static partial int Set(ref Header header, ulong[] data);

    [StructLayout(LayoutKind.Sequential)]
    private struct Header
    {
        public uint Version;
        public int Process; // 0 = the calling thread
    }
}
