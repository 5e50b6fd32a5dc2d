using VaultGrid.Testing;

namespace VaultGrid.System.Tests;

/// <summary>The scripts of tests/independent, with their libraries installed once.</summary>
internal static class NodeScripts
{
    private static readonly string Folder = Repository.PathOf("tests", "independent");

    private static readonly Lazy<Task> Installed = new(InstallAsync);

    /// <summary>Runs a script over a demo's report; it prints what it checked and ends with 0 only where all of it held.</summary>
    public static async Task<CommandResult> RunAsync(string script, string report)
    {
        await Installed.Value;
        return await Command.RunAsync("node", [script, report], Folder);
    }

    private static async Task InstallAsync()
    {
        // The lock file says what is installed; a folder that already matches it stays as it is.
        var lockFile = Path.Combine(Folder, "package-lock.json");
        var installed = Path.Combine(Folder, "node_modules", ".package-lock.json");
        if (File.Exists(installed) && File.GetLastWriteTimeUtc(installed) >= File.GetLastWriteTimeUtc(lockFile)) return;

        var result = await Command.RunAsync("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], Folder);
        Assert.True(result.ExitCode == 0, $"npm ci failed in tests/independent: {result.Error}");
    }
}
