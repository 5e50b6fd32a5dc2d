namespace VaultGrid.Grains.Tests;

/// <summary>The programs of this build, which lie beside the tests' own output.</summary>
internal static class Programs
{
    /// <param name="project">The project's name.</param>
    /// <param name="program">The program's.</param>
    public static string PathOf(string project, string program)
    {
        // …/bin/<project>/<configuration>/
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(own.Parent!.Parent!.FullName, project, own.Name, program);
    }
}
