using System.Text.Json.Nodes;

namespace VaultGrid.Cli.Running;

/// <summary>What a command answers: one JSON document, and the same for people as lines, fields and tables.</summary>
internal sealed class Report(JsonNode json)
{
    /// <summary>For a command that has shown its answer while it ran.</summary>
    public static readonly Report ShownAlready = new(new JsonObject());

    private readonly List<Part> _parts = [];

    /// <summary>The document of <c>--json</c>.</summary>
    public JsonNode Json { get; } = json;

    public IReadOnlyList<Part> Parts => _parts;

    /// <summary>How the command ends although it has an answer: a check that failed is an answer too.</summary>
    public ExitCode Exit { get; init; } = ExitCode.Done;

    public Report Line(string text) => Add(new Part.Line(text));

    public Report Field(string label, object? value) => Add(new Part.Field(label, value?.ToString() ?? "-"));

    public Report Table(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows) => Add(new Part.Table(headings, [.. rows]));

    public Report AddAll(IEnumerable<Part> parts)
    {
        _parts.AddRange(parts);
        return this;
    }

    private Report Add(Part part)
    {
        _parts.Add(part);
        return this;
    }

    internal abstract record Part
    {
        private Part() { }

        internal sealed record Line(string Text) : Part;

        internal sealed record Field(string Label, string Value) : Part;

        internal sealed record Table(IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<string>> Rows) : Part;
    }
}
