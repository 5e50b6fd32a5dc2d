using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace VaultGrid.Telemetry;

/// <summary>Collects the process's metrics when somebody fetches them, as Prometheus's text format.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusExporter : BaseExporter<Metric>, IPullMetricExporter
{
    private const int Patience = 5000;

    private readonly Lock _one = new();
    private PrometheusText _text = new();

    public Func<int, bool>? Collect { get; set; }

    /// <summary>Everything as it is now; empty before the first meter listens.</summary>
    public string Scrape()
    {
        lock (_one)
        {
            _text = new PrometheusText();
            return Collect?.Invoke(Patience) == true ? _text.ToString() : "";
        }
    }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        foreach (var metric in batch) _text.Add(metric);
        return ExportResult.Success;
    }
}
