using System.Runtime.InteropServices;

namespace VaultGrid.Crypto.Native;

/// <summary>libsodium 1.0.18. Every use goes through <see cref="Ready"/>, which initialises it once.</summary>
internal static partial class Sodium
{
    public const string Library = "sodium";

    private static readonly Lazy<bool> Initialised = new(() =>
    {
        var code = Init();
        NativeCallException.ThrowUnless(code >= 0, code, "sodium_init");
        return true;
    });

    public static void Ready() => _ = Initialised.Value;

    // int sodium_init(void); 0 = done, 1 = was done before, -1 = failed
    [LibraryImport(Library, EntryPoint = "sodium_init")]
    private static partial int Init();
}
