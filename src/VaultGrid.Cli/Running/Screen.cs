using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace VaultGrid.Cli.Running;

/// <summary>
/// Where a command's words go: results alone on stdout (one JSON document with <c>--json</c>); errors, hints and progress on stderr,
/// lower-case and without a full stop. Tables get lines only on a terminal, so that pipes stay plain.
/// </summary>
internal sealed class Screen(TextWriter output, TextWriter error, bool json, bool terminal)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public bool Json { get; } = json;

    /// <summary>True where somebody watches stderr.</summary>
    public bool ShowsProgress { get; } = !Console.IsErrorRedirected;

    public void Show(Report report)
    {
        if (Json)
        {
            output.WriteLine(report.Json.ToJsonString(Indented));
            return;
        }

        var width = report.Parts.OfType<Report.Part.Field>().Select(field => field.Label.Length).DefaultIfEmpty().Max();
        foreach (var part in report.Parts)
        {
            switch (part)
            {
                case Report.Part.Line line:
                    output.WriteLine(Shown.Plain(line.Text));
                    break;
                case Report.Part.Field field:
                    output.WriteLine($"{(field.Label + ":").PadRight(width + 1)} {Shown.Plain(field.Value)}");
                    break;
                case Report.Part.Table table:
                    ShowTable(table);
                    break;
            }
        }
    }

    public void Progress(string text) => error.WriteLine($"vaultgrid: {Shown.Plain(text)}");

    public void Error(CommandEndedException ended)
    {
        error.WriteLine($"vaultgrid: error: {Shown.Plain(ended.Message)}");
        if (ended.Hint is { } hint) error.WriteLine($"vaultgrid: hint: {Shown.Plain(hint)}");
        if (!Json) return;
        var problem = new JsonObject { ["code"] = ended.Code, ["detail"] = ended.Message };
        if (ended.Hint is { } text) problem["hint"] = text;
        output.WriteLine(new JsonObject { ["error"] = problem }.ToJsonString(Indented));
    }

    private void ShowTable(Report.Part.Table table)
    {
        var rows = table.Rows.Prepend(table.Headings).Select(row => row.Select(Shown.Plain).ToList()).ToList();
        var widths = Enumerable.Range(0, table.Headings.Count).Select(i => rows.Max(row => row[i].Length)).ToList();

        // A hash that is cut off is of no use: what doesn't fit between lines is shown without them.
        if (terminal && widths.Sum(width => width + 3) + 1 <= AnsiConsole.Profile.Width)
        {
            var drawn = new Table().Border(TableBorder.Rounded);
            foreach (var heading in rows[0]) drawn.AddColumn(new TableColumn(Markup.Escape(heading)).NoWrap());
            foreach (var row in rows.Skip(1)) drawn.AddRow([.. row.Select(Markup.Escape)]);
            AnsiConsole.Write(drawn);
            return;
        }

        foreach (var row in rows) output.WriteLine(string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
    }
}
