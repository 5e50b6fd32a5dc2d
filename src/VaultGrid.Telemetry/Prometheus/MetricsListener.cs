namespace VaultGrid.Telemetry;

/// <summary>Marks connections that came in on the metrics' own port.</summary>
internal sealed class MetricsListener
{
    public static MetricsListener Instance { get; } = new();
}
