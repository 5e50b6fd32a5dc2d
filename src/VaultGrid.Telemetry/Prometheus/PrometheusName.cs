using OpenTelemetry.Metrics;

namespace VaultGrid.Telemetry;

/// <summary>Names as OpenTelemetry's rules for Prometheus make them: dots to underscores, the unit and <c>_total</c> at the end.</summary>
internal static class PrometheusName
{
    public static string Of(Metric metric) => Of(metric.Name, metric.Unit, metric.MetricType is MetricType.LongSum or MetricType.DoubleSum);

    public static string Of(string name, string? unit, bool isCounter)
    {
        var text = Clean(name);
        var suffix = unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            "ms" => "_milliseconds",
            _ => "",
        };
        if (!text.EndsWith(suffix, StringComparison.Ordinal)) text += suffix;
        return isCounter && !text.EndsWith("_total", StringComparison.Ordinal) ? text + "_total" : text;
    }

    /// <summary>A label's or metric's name with nothing in it but what Prometheus allows.</summary>
    public static string Clean(string name) =>
        string.Concat(name.Select((letter, place) => char.IsAsciiLetter(letter) || letter == '_' || (place > 0 && char.IsAsciiDigit(letter)) ? letter : '_'));
}
