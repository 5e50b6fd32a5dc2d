using System.Runtime.InteropServices;
using VaultGrid.Crypto.Native;

namespace VaultGrid.Crypto.Tests;

public sealed partial class MissingLibraryTests
{
    private const string Nowhere = "vaultgrid-nowhere";

    static MissingLibraryTests() =>
        NativeLibrary.SetDllImportResolver(typeof(MissingLibraryTests).Assembly, (name, assembly, path) =>
            name == Nowhere ? new NativeDependency(Nowhere, "libnowhere1", ["libnowhere.so.1", "libnowhere.so.2"], []).Load(assembly, path) : 0);

    [Fact]
    public void A_missing_library_names_the_package_to_install_where_it_is_called()
    {
        var missing = Assert.Throws<NativeLibraryMissingException>(() => Call());

        Assert.Equal("libnowhere1", missing.Package);
        Assert.Contains("apt-get install libnowhere1", missing.Message, StringComparison.Ordinal);
        Assert.Contains("libnowhere.so.1, libnowhere.so.2", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_without_a_module_counts_as_missing() =>
        Assert.Throws<NativeLibraryMissingException>(() =>
            (NativeDependency.Secp256k1 with { Modules = ["secp256k1_no_such_module"] }).Load(typeof(SecretBytes).Assembly, null));

    [Fact]
    public void Every_library_of_ours_names_a_Debian_package() =>
        Assert.Equal(["libsecp256k1-1", "libgmp10", "libsodium23", "libssl3"], NativeDependency.All.Select(d => d.DebianPackage));

    [LibraryImport(Nowhere, EntryPoint = "nothing")]
    private static partial int Call();
}
