using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace VaultGrid.Embedded.Storage;

/// <summary>Binds SQLite to the operating system's own library, which the distribution keeps patched.</summary>
public static class SqliteLibrary
{
    private const string SystemLibrary = "libsqlite3.so.0";
    private static readonly Lazy<bool> Bound = new(Bind);

    /// <summary>Must have been called before the first connection; repeating it does nothing.</summary>
    /// <exception cref="DllNotFoundException">The library is not installed; the message names the package.</exception>
    public static void Use() => _ = Bound.Value;

    private static bool Bind()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        return true;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != "e_sqlite3")
        {
            return 0;
        }

        return NativeLibrary.TryLoad(SystemLibrary, out var handle)
            ? handle
            : throw new DllNotFoundException($"{SystemLibrary} was not found: install the package libsqlite3-0.");
    }
}
