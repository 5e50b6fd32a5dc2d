namespace VaultGrid.Telemetry;

/// <summary>What a silo or relay tells of itself. Bound from the section <see cref="Section"/>; without it nothing is told.</summary>
public sealed class TelemetryOptions
{
    /// <summary>Where these options stand in the configuration.</summary>
    public const string Section = "VaultGrid:Telemetry";

    /// <summary>The share of calls that is traced, from 0 to 1. A call that is traced is traced all the way.</summary>
    /// <value>0.01</value>
    public double TraceRatio { get; set; } = 0.01;

    /// <summary>Where traces and metrics are sent; null for nowhere.</summary>
    public OtlpOptions? Otlp { get; set; }

    /// <summary>Where metrics can be fetched; null for nowhere.</summary>
    public PrometheusOptions? Prometheus { get; set; }
}

/// <summary>A collector that takes OTLP. It gets no credential: put one on this machine or this network that has them.</summary>
public sealed class OtlpOptions
{
    /// <summary>The collector: <c>http://host:4318</c> (http/protobuf) or <c>http://host:4317</c> (grpc).</summary>
    public Uri? Endpoint { get; set; }

    /// <summary><c>http/protobuf</c> or <c>grpc</c>.</summary>
    /// <value>http/protobuf</value>
    public string Protocol { get; set; } = "http/protobuf";

    /// <summary>How often metrics are sent.</summary>
    /// <value>30 seconds</value>
    public TimeSpan MetricsEvery { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>A plain listener for <c>/metrics</c> alone.</summary>
public sealed class PrometheusOptions
{
    /// <summary>The IP address to listen on, or <c>*</c> for all.</summary>
    /// <value><c>127.0.0.1</c></value>
    public string Listen { get; set; } = "127.0.0.1";

    /// <summary>The port; 0 has the system choose one.</summary>
    /// <value>9464</value>
    public int Port { get; set; } = 9464;
}
