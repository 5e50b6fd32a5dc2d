using System.Net;

namespace VaultGrid.Telemetry;

/// <summary>Finds the first thing wrong with the options, as one sentence that names the setting; pure.</summary>
internal static class TelemetryOptionsCheck
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    public static string? Fault(TelemetryOptions options)
    {
        if (options.TraceRatio is not (>= 0 and <= 1)) return $"{TelemetryOptions.Section}:TraceRatio lies between 0 and 1";
        if (options.Otlp is { } otlp && Otlp(otlp) is { } wrong) return wrong;
        if (options.Prometheus is not { } prometheus) return null;
        if (prometheus.Listen != "*" && !IPAddress.TryParse(prometheus.Listen, out _)) return $"{TelemetryOptions.Section}:Prometheus:Listen must be an IP address, or *";
        return prometheus.Port is >= 0 and <= 65535 ? null : $"{TelemetryOptions.Section}:Prometheus:Port must lie between 0 and 65535";
    }

    private static string? Otlp(OtlpOptions otlp)
    {
        if (otlp.Endpoint is not { IsAbsoluteUri: true, Scheme: "http" or "https", UserInfo: "" })
            return $"{TelemetryOptions.Section}:Otlp:Endpoint is a collector's address: http://host:4318";
        if (otlp.Protocol is not ("http/protobuf" or "grpc")) return $"{TelemetryOptions.Section}:Otlp:Protocol is '{otlp.Protocol}': http/protobuf or grpc is expected";
        return otlp.MetricsEvery >= Least ? null : $"{TelemetryOptions.Section}:Otlp:MetricsEvery is at least one second";
    }
}
