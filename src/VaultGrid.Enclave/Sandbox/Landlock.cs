using System.ComponentModel;
using System.Runtime.InteropServices;
using VaultGrid.Enclave.Native;

namespace VaultGrid.Enclave;

/// <summary>
/// Makes the file system read-only for this process but for the places it is given, without privileges (landlock(7)). The kernel restricts the calling
/// thread and what it becomes: so it is done right before the program puts itself in its own place.
/// </summary>
internal static class Landlock
{
    private const int CreateRuleset = 444, AddRule = 445, RestrictSelf = 446;
    private const nint AskVersion = 1, PathBeneath = 1;
    private const int PathOnly = 0x200000;

    private const ulong Execute = 1 << 0, WriteFile = 1 << 1, ReadFile = 1 << 2, ReadDirectory = 1 << 3, RemoveDirectory = 1 << 4, RemoveFile = 1 << 5,
        MakeDirectory = 1 << 7, MakeFile = 1 << 8, MakeSocket = 1 << 9, Truncate = 1 << 14;

    // Everything that the first version knows; cutting files short came with the third.
    private const ulong FirstVersion = (1 << 13) - 1;
    private const ulong Reading = Execute | ReadFile | ReadDirectory;
    private const ulong Owning = Reading | WriteFile | RemoveDirectory | RemoveFile | MakeDirectory | MakeFile | MakeSocket | Truncate;
    private const ulong Using = ReadFile | WriteFile | Truncate;

    /// <summary>True where this kernel has it.</summary>
    public static bool IsThere => Version() > 0;

    /// <summary>Restricts the calling thread and all that it starts or becomes.</summary>
    /// <param name="directories">Existing directories whose files may be made, written and removed.</param>
    /// <param name="devices">Files that may be written to; those that aren't there are left out.</param>
    public static unsafe Outcome<Done> Restrict(IEnumerable<string> directories, IEnumerable<string> devices)
    {
        var version = Version();
        if (version <= 0) return new Refusal(RefusalCode.EnclaveFault, "this kernel has no Landlock");

        var handled = FirstVersion | (version >= 3 ? Truncate : 0);
        var ruleset = Posix.SystemCall(CreateRuleset, (nint)(&handled), sizeof(ulong), 0, 0);
        if (ruleset < 0) return Failed("make a set of rules");
        try
        {
            if (Add(ruleset, "/", Reading).Refusal is { } unreadable) return unreadable;
            foreach (var directory in directories)
            {
                if (Add(ruleset, directory, Owning & handled).Refusal is { } refused) return refused;
            }

            foreach (var device in devices.Where(File.Exists))
            {
                if (Add(ruleset, device, Using & handled).Refusal is { } refused) return refused;
            }

            return Posix.SystemCall(RestrictSelf, ruleset, 0, 0, 0) == 0 ? default(Done) : Failed("restrict itself");
        }
        finally
        {
            _ = Posix.Close((int)ruleset);
        }
    }

    private static nint Version() => Posix.SystemCall(CreateRuleset, 0, 0, AskVersion, 0);

    private static unsafe Outcome<Done> Add(nint ruleset, string path, ulong access)
    {
        var place = Posix.Open(path, PathOnly | Posix.CloseOnExec);
        if (place < 0) return Failed($"open {path}");
        try
        {
            // struct landlock_path_beneath_attr { __u64 allowed_access; __s32 parent_fd; } packed
            Span<byte> rule = stackalloc byte[12];
            MemoryMarshal.Write(rule, access);
            MemoryMarshal.Write(rule[8..], place);
            fixed (byte* at = rule) return Posix.SystemCall(AddRule, ruleset, PathBeneath, (nint)at, 0) == 0 ? default(Done) : Failed($"add the rule for {path}");
        }
        finally
        {
            _ = Posix.Close(place);
        }
    }

    private static Refusal Failed(string what) =>
        new(RefusalCode.EnclaveFault, $"the enclave could not {what} (Landlock): {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
}
