using System.Runtime.CompilerServices;
using System.Text.Json;
using Xunit;

namespace VaultGrid.Testing;

/// <summary>
/// Finds the public test vectors: the folder that VAULTGRID_VECTORS names, else <c>../shared/vectors</c> beside the checkout.
/// Where neither exists the test is skipped, with the reason; where one exists, a missing file fails.
/// </summary>
public static class PublicVectors
{
    public const string Variable = "VAULTGRID_VECTORS";

    /// <summary>The folder, or null.</summary>
    public static string? Folder()
    {
        // A variable that names nothing is a mistake, so it does not fall back.
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return Directory.Exists(named) ? named : throw new DirectoryNotFoundException($"{Variable} names {named}, which does not exist.");
        var beside = System.IO.Path.GetFullPath(System.IO.Path.Combine(CheckoutRoot(), "..", "shared", "vectors"));
        return Directory.Exists(beside) ? beside : null;
    }

    /// <summary>Path of one file; skips the test where there are no vectors.</summary>
    /// <param name="relative">Such as <c>bip32/vectors.json</c>.</param>
    public static string Path(string relative)
    {
        var folder = Folder();
        if (folder is null) Assert.Skip($"No public vectors: {Variable} is not set and ../shared/vectors is not beside the checkout.");
        return System.IO.Path.Combine(folder, relative);
    }

    public static string Text(string relative) => File.ReadAllText(Path(relative));

    public static JsonDocument Json(string relative) => JsonDocument.Parse(Text(relative));

    private static string CheckoutRoot([CallerFilePath] string source = "")
    {
        // Built with deterministic source paths the caller's path may be virtual: then the test's own folder is where to start.
        var start = File.Exists(source) ? System.IO.Path.GetDirectoryName(source)! : AppContext.BaseDirectory;
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "VaultGrid.sln")))
                return folder.FullName;
        return AppContext.BaseDirectory;
    }
}
