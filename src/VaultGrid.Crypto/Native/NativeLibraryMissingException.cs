namespace VaultGrid.Crypto;

/// <summary>A native library that VaultGrid computes with could not be loaded; the message names the package to install.</summary>
public sealed class NativeLibraryMissingException : DllNotFoundException
{
    internal NativeLibraryMissingException(string package, IReadOnlyList<string> tried)
        : base($"None of {string.Join(", ", tried)} could be loaded: install the Debian package {package} (apt-get install {package}).")
    {
        Package = package;
        Tried = tried;
    }

    /// <summary>The Debian package that holds the library, such as <c>libsecp256k1-1</c>.</summary>
    public string Package { get; }

    /// <summary>The file names that were tried, in order.</summary>
    public IReadOnlyList<string> Tried { get; }
}
