using System.Reflection;
using System.Runtime.InteropServices;

namespace VaultGrid.Crypto.Native;

/// <summary>
/// One native library: the name our imports use, the Debian package that brings it, the names it may have on disk, and functions that it must
/// have (one of each optional module: a build without them is as good as missing).
/// </summary>
internal sealed record NativeDependency(string ImportName, string DebianPackage, IReadOnlyList<string> FileNames, IReadOnlyList<string> Modules)
{
    public static NativeDependency Secp256k1 { get; } = new(
        Native.Secp256k1.Library,
        "libsecp256k1-1",
        [
#if FULL_FEED
            PackagedSecp256k1(), // what the package brought, beside the program
#endif
            "libsecp256k1.so.1", "libsecp256k1.so.2", "libsecp256k1.dylib",
        ],
        ["secp256k1_ecdsa_recover", "secp256k1_keypair_create", "secp256k1_schnorrsig_sign_custom", "secp256k1_ecdh"]);

    public static NativeDependency Gmp { get; } = new(Native.Gmp.Library, "libgmp10", ["libgmp.so.10", "libgmp.10.dylib"], []);

    public static NativeDependency Sodium { get; } = new(
        Native.Sodium.Library, "libsodium23", ["libsodium.so.23", "libsodium.so.26", "libsodium.dylib"], []);

    public static NativeDependency OpenSsl { get; } = new(
        Native.OpenSsl.Library, "libssl3", ["libcrypto.so.3", "libcrypto.so.1.1", "libcrypto.3.dylib"], ["EC_POINT_mul"]);

    public static IReadOnlyList<NativeDependency> All { get; } = [Secp256k1, Gmp, Sodium, OpenSsl];

    /// <summary>Loads the first file that is there and has what we need.</summary>
    /// <exception cref="NativeLibraryMissingException">There is none.</exception>
    public nint Load(Assembly assembly, DllImportSearchPath? searchPath)
    {
        foreach (var name in FileNames)
        {
            if (!NativeLibrary.TryLoad(name, assembly, searchPath, out var handle)) continue;
            if (Modules.All(function => NativeLibrary.TryGetExport(handle, function, out _))) return handle;
            NativeLibrary.Free(handle);
        }
        throw new NativeLibraryMissingException(DebianPackage, FileNames);
    }

#if FULL_FEED
    // The package's layout: native/<system>-<architecture>/.
    private static string PackagedSecp256k1()
    {
        var (system, file) = OperatingSystem.IsWindows() ? ("win", "secp256k1.dll")
            : OperatingSystem.IsMacOS() ? ("osx", "libsecp256k1.dylib") : ("linux", "libsecp256k1.so");
        var architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        return Path.Combine(AppContext.BaseDirectory, "native", $"{system}-{architecture}", file);
    }
#endif
}
