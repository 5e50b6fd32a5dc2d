using System.Text.Json;

namespace VaultGrid.Cli.Tests.Scripts;

/// <summary>Runs a script in a directory of its own and checks it, line by line, along with what holds for every command.</summary>
internal static class ScriptRun
{
    public static async Task CheckAsync(string path, IReadOnlyDictionary<string, string>? environment = null)
    {
        var directory = Directory.CreateTempSubdirectory("vg-script-").FullName;
        try
        {
            foreach (var step in Script.Read(path).Steps)
            {
                if (step is ScriptStep.Place file) await File.WriteAllTextAsync(Path.Combine(directory, file.Name), file.Text);
                else if (step is ScriptStep.Command command) await CheckAsync(path, directory, command, environment);
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task CheckAsync(string path, string directory, ScriptStep.Command command, IReadOnlyDictionary<string, string>? environment)
    {
        var run = await CommandRun.OfAsync(directory, command.Shell, environment);
        var faults = Always(command, run).Concat(command.Expectations.Select(expectation => expectation.Fault(run))).OfType<string>().ToList();
        Assert.True(
            faults.Count == 0,
            $"{Path.GetFileName(path)}:{command.Line}: {string.Join("; ", faults)}\n$ {command.Shell}\nstdout:\n{run.Output}\nstderr:\n{run.Error}");
    }

    private static IEnumerable<string?> Always(ScriptStep.Command command, CommandRun run)
    {
        if (!command.Expectations.Any(expectation => expectation is Expectation.Exit)) yield return new Expectation.Exit(0).Fault(run);
        if (run.Error.Contains("   at ", StringComparison.Ordinal)) yield return "stderr holds a stack trace";
        if (Directory.GetFiles(run.Directory, "*.partial").Length > 0) yield return "a partial file was left";
        if (command.Shell.StartsWith("vaultgrid ", StringComparison.Ordinal) && command.Shell.Contains("--json", StringComparison.Ordinal) && !command.Shell.Contains('>') && !IsJson(run.Output))
            yield return "stdout is not one JSON document";
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
