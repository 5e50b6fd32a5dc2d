using System.Text.Json.Nodes;

namespace VaultGrid.Cli.Domains;

/// <summary>What is said of a file: on stdout, unless the file itself goes there.</summary>
internal static class FileReport
{
    public static Report Of(Invocation run, string output, JsonObject json, string line)
    {
        if (output != "-")
        {
            json["file"] = output;
            return new Report(json).Line($"{line}: {output}");
        }

        run.Screen.Progress(line);
        return Report.ShownAlready;
    }
}
