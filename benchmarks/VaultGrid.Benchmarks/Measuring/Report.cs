using System.Globalization;
using System.Text;
using System.Text.Json;

namespace VaultGrid.Benchmarks;

/// <summary>The rows as they come, and in the end two files: latest.json for programs, latest.md for people.</summary>
internal sealed class Report
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly List<Row> _rows = [];
    private readonly Conditions _before = Conditions.Now();

    /// <summary>Adds a row and says it.</summary>
    public void Add(string name, string unit, Sample sample, string? peer = null)
    {
        var row = new Row(name, unit, sample.Median, sample.Spread, peer, peer is null ? null : Value(peer));
        _rows.Add(row);
        Progress.Say($"  {name}: {Number(row.Value)} {unit}" + (row.Ratio is { } ratio ? $" ({Number(ratio)} of {peer})" : ""));
    }

    /// <summary>Adds a row that another process has measured and said.</summary>
    public void Add(Row row) => _rows.Add(row);

    /// <summary>The rows so far.</summary>
    public IReadOnlyList<Row> Rows => _rows;

    /// <summary>A row's value; null where its group was not measured.</summary>
    public double? Value(string name) => _rows.Find(row => row.Name == name)?.Value;

    public void Write(DirectoryInfo directory, Effort effort)
    {
        directory.Create();
        File.WriteAllText(Path.Combine(directory.FullName, "latest.json"), Json());
        File.WriteAllText(Path.Combine(directory.FullName, "latest.md"), Markdown(effort));
        Console.WriteLine(Path.Combine(directory.FullName, "latest.md"));
    }

    private static string Number(double value) => Math.Abs(value) switch
    {
        >= 1000 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.000", CultureInfo.InvariantCulture),
    };

    private string Json() => JsonSerializer.Serialize(
        _rows.Select(row => new { name = row.Name, unit = row.Unit, value = Rounded(row.Value), peer = row.Peer, peerValue = Rounded(row.PeerValue), ratio = Rounded(row.Ratio) }),
        Indented) + "\n";

    private static double? Rounded(double? value) => value is { } number && double.IsFinite(number) ? double.Parse(number.ToString("G5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : null;

    private string Markdown(Effort effort)
    {
        var text = new StringBuilder("# Benchmark results\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{_before}; {Conditions.Now().Load} at the end. Median of {effort.Rounds} rounds");
        text.Append(!effort.IsQuick ? ".\n" : "; a quick run, not to be quoted.\n");
        text.Append("What the rows mean: [README](../README.md).\n\n| row | value | spread | peer | peer's value | ratio |\n|---|--:|--:|---|--:|--:|\n");
        foreach (var row in _rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {row.Name} | {Number(row.Value)} {row.Unit} | {row.Spread:P0} | {row.Peer} | ");
            text.Append(row.PeerValue is { } peer ? $"{Number(peer)} {row.Unit} | {Number(row.Ratio!.Value)} |\n" : "| |\n");
        }

        return text.ToString();
    }
}
