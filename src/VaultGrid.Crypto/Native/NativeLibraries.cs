using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VaultGrid.Crypto.Native;

/// <summary>Resolves the libraries that this assembly imports from to what the platform calls them.</summary>
internal static class NativeLibraries
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The resolver has to be there before the first import of this assembly is bound.")]
    internal static void Register() =>
        NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        foreach (var dependency in NativeDependency.All)
            if (dependency.ImportName == name)
                return dependency.Load(assembly, searchPath);
        return 0; // libc and the like: the runtime's own search
    }
}
