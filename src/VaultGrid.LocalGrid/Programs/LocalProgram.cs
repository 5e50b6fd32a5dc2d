namespace VaultGrid.LocalGrid;

/// <summary>The programs that make up a grid, and where they are on this machine.</summary>
public static class LocalProgram
{
    /// <summary>Names the directory of the launchers, before every other place.</summary>
    public const string DirectoryVariable = "VAULTGRID_BIN";

    /// <summary>The enclave program.</summary>
    public const string Enclave = "vaultgrid-enclave";

    /// <summary>The silo program.</summary>
    public const string Silo = "vaultgrid-silo";

    /// <summary>The relay on its own.</summary>
    public const string Relay = "vaultgrid-relay";

    /// <summary>The command line.</summary>
    public const string Cli = "vaultgrid";

    /// <summary>
    /// Finds a program: in <see cref="DirectoryVariable"/>, in the build output that the running one came from, beside it (published
    /// together), or as a launcher in a <c>bin</c> directory above.
    /// </summary>
    /// <exception cref="LocalGridException">It isn't there; the message says how to build it.</exception>
    public static string Find(string program) =>
        Places(program).FirstOrDefault(File.Exists)
        ?? throw new LocalGridException($"there is no program {program} near {AppContext.BaseDirectory}: build it with 'make build', or name its directory in {DirectoryVariable}");

    /// <summary>A program in the build output of another version, built in the same configuration as the running one.</summary>
    /// <param name="output">The directory with a directory for each project.</param>
    /// <param name="program">Which program.</param>
    /// <exception cref="LocalGridException">It isn't there.</exception>
    public static string In(string output, string program)
    {
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var path = Path.Combine(output, ProjectOf(program), configuration, program);
        return File.Exists(path) ? path : throw new LocalGridException($"there is no program {path}");
    }

    private static IEnumerable<string> Places(string program)
    {
        if (Environment.GetEnvironmentVariable(DirectoryVariable) is { Length: > 0 } named) yield return Path.Combine(named, program);

        var home = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

        // Build output is <output>/bin/<project>/<configuration>/; it comes first, because a build may leave a bare host of another program beside this one.
        if (home.Parent?.Parent is { } projects) yield return Path.Combine(projects.FullName, ProjectOf(program), home.Name, program);
        yield return Path.Combine(home.FullName, program);
        for (var above = home.Parent; above is not null; above = above.Parent) yield return Path.Combine(above.FullName, "bin", program);
    }

    private static string ProjectOf(string program) => program switch
    {
        Enclave => "VaultGrid.Enclave",
        Silo => "VaultGrid.Silo",
        Relay => "VaultGrid.Relay",
        Cli => "VaultGrid.Cli",
        _ => throw new ArgumentOutOfRangeException(nameof(program), program, "Not a program of a grid."),
    };
}
