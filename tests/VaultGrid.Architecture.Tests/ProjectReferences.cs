using System.Diagnostics;
using System.Text.Json;
using VaultGrid.Testing;

namespace VaultGrid.Architecture.Tests;

/// <summary>Project references as MSBuild evaluates them: the engine adds some that no project file shows.</summary>
internal static class ProjectReferences
{
    private static readonly Lazy<IReadOnlyDictionary<string, IReadOnlySet<string>>> All = new(ReadAll);

    /// <summary>Every project below src and what it references directly, by name.</summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> Direct => All.Value;

    /// <summary>Everything that a project reaches.</summary>
    public static IReadOnlySet<string> Reachable(string project)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([project]);
        while (open.TryPop(out var next))
        {
            foreach (var reference in Direct[next])
            {
                if (reached.Add(reference)) open.Push(reference);
            }
        }

        return reached;
    }

    private static Dictionary<string, IReadOnlySet<string>> ReadAll()
    {
        var projects = Directory.GetFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories);
        return projects.AsParallel().WithDegreeOfParallelism(2)
            .ToDictionary(path => Path.GetFileNameWithoutExtension(path), path => (IReadOnlySet<string>)Read(path), StringComparer.Ordinal);
    }

    private static HashSet<string> Read(string project)
    {
        var start = new ProcessStartInfo("dotnet", ["msbuild", project, "-getItem:ProjectReference", "-nologo"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet could not be started");
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{project} could not be evaluated: {output}");

        using var json = JsonDocument.Parse(output);
        return json.RootElement.GetProperty("Items").GetProperty("ProjectReference").EnumerateArray()
            .Select(item => item.GetProperty("Filename").GetString()!)
            .ToHashSet(StringComparer.Ordinal);
    }
}
