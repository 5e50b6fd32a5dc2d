using System.Reflection;
using System.Runtime.InteropServices;

namespace VaultGrid.Crypto.Native;

/// <summary>One native library: the name our imports use, the names it may have on disk, the Debian package that brings it.</summary>
internal sealed record NativeDependency(string ImportName, string DebianPackage, IReadOnlyList<string> FileNames)
{
    public static NativeDependency Secp256k1 { get; } = new(Native.Secp256k1.Library, "libsecp256k1-1", [
#if FULL_FEED
        "secp256k1", // the package's runtime asset, found through the application's dependency file
#endif
        "libsecp256k1.so.1", "libsecp256k1.so.2", "libsecp256k1.dylib",
    ]);

    public static NativeDependency Gmp { get; } = new(Native.Gmp.Library, "libgmp10", ["libgmp.so.10", "libgmp.10.dylib"]);

    public static NativeDependency Sodium { get; } = new(Native.Sodium.Library, "libsodium23", ["libsodium.so.23", "libsodium.so.26", "libsodium.dylib"]);

    public static IReadOnlyList<NativeDependency> All { get; } = [Secp256k1, Gmp, Sodium];

    /// <summary>Loads the first file name that works.</summary>
    /// <exception cref="NativeLibraryMissingException">None does.</exception>
    public nint Load(Assembly assembly, DllImportSearchPath? searchPath)
    {
        foreach (var name in FileNames)
            if (NativeLibrary.TryLoad(name, assembly, searchPath, out var handle))
                return handle;
        throw new NativeLibraryMissingException(DebianPackage, FileNames);
    }
}
