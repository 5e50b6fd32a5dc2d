using System.Text.Json;

namespace VaultGrid.LoadTest;

/// <summary>Writes what came of a load: load.json, load.svg, and a few lines for who waits.</summary>
internal static class ResultFiles
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <returns>The picture's path.</returns>
    public static string Write(DirectoryInfo directory, LoadPlan plan, LoadResult result)
    {
        directory.Create();
        var json = new
        {
            load = plan.ToString(),
            seconds = result.Elapsed.TotalSeconds,
            operations = result.Operations.Where(operation => operation.Succeeded > 0 || !operation.Refused.IsEmpty).Select(operation => new
            {
                name = operation.Operation.ToString().ToLowerInvariant(),
                count = operation.Succeeded,
                perSecond = Math.Round(operation.Succeeded / result.Elapsed.TotalSeconds, 1),
                refused = operation.Refused.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(),
                milliseconds = Latencies(operation.Latencies),
            }),
            timeline = result.Seconds.Select((second, number) => new { second = number + 1, count = second.Count, milliseconds = Latencies(second) }),
            siloResidentBytes = result.SiloMemory is { } memory ? new { before = memory.Before, after = memory.After } : null,
        };
        File.WriteAllText(Path.Combine(directory.FullName, "load.json"), JsonSerializer.Serialize(json, Indented) + "\n");
        foreach (var operation in json.operations)
        {
            var latencies = operation.milliseconds;
            Console.WriteLine($"{operation.name,-6} {operation.count,8} done, {operation.perSecond}/s, p50 {latencies.p50} p90 {latencies.p90} p99 {latencies.p99} p99.9 {latencies.p999} max {latencies.max} ms");
            foreach (var (code, count) in operation.refused) Console.WriteLine($"       {count,8} refused with {code}");
        }

        if (result.SiloMemory is { } resident) Console.WriteLine($"silo   {resident.Before >> 20} MiB resident before, {resident.After >> 20} MiB after");
        var picture = Path.Combine(directory.FullName, "load.svg");
        File.WriteAllText(picture, LatencyPicture.Draw(plan.ToString(), result.Seconds));
        return picture;
    }

    private static Percentiles Latencies(Histogram histogram) => new(
        Milliseconds(histogram.Percentile(0.5)),
        Milliseconds(histogram.Percentile(0.9)),
        Milliseconds(histogram.Percentile(0.99)),
        Milliseconds(histogram.Percentile(0.999)),
        Milliseconds(histogram.Longest));

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);

#pragma warning disable IDE1006, SA1300 // Names as JSON has them.
    private sealed record Percentiles(double p50, double p90, double p99, double p999, double max);
#pragma warning restore IDE1006, SA1300
}
