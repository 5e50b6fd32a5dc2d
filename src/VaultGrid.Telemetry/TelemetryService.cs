using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace VaultGrid.Telemetry;

/// <summary>Listens to the process's activities and meters from its start to its end, and hands them on.</summary>
internal sealed class TelemetryService(TelemetryOptions options, TelemetrySource source, IServiceProvider services) : IHostedService, IDisposable
{
    private static readonly string[] Sources = ["VaultGrid.*", "Microsoft.AspNetCore", "System.Net.Http"];
    private static readonly string[] Meters = ["VaultGrid.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];
    private static readonly double[] Seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var resource = ResourceBuilder.CreateEmpty().AddService(source.Service, serviceNamespace: "vaultgrid", serviceInstanceId: source.Instance);
        if (options is { Otlp: { } collector, TraceRatio: > 0 }) _traces = Traces(resource, collector);
        _metrics = Metrics(resource);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    private TracerProvider? Traces(ResourceBuilder resource, OtlpOptions collector)
    {
        // What a caller says of sampling is a wish: it is drawn again from the trace's id, which gives the same answer at every relay and silo.
        var drawn = new TraceIdRatioBasedSampler(options.TraceRatio);
        return Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .SetSampler(new ParentBasedSampler(drawn, remoteParentSampled: drawn, remoteParentNotSampled: drawn))
            .AddSource(Sources)
            .AddOtlpExporter(exporter => Configure(exporter, collector, "v1/traces"))
            .Build();
    }

    private MeterProvider? Metrics(ResourceBuilder resource)
    {
        var builder = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(Meters)
            .AddView(instrument => instrument.Unit == "s" && instrument.GetType().Name.StartsWith("Histogram", StringComparison.Ordinal)
                ? new ExplicitBucketHistogramConfiguration { Boundaries = Seconds }
                : null);
        if (options.Otlp is { } collector)
        {
            builder.AddOtlpExporter((exporter, reader) =>
            {
                Configure(exporter, collector, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)collector.MetricsEvery.TotalMilliseconds;
            });
        }

        if (services.GetService<PrometheusExporter>() is { } prometheus) builder.AddReader(new BaseExportingMetricReader(prometheus));
        return builder.Build();
    }

    // Over HTTP the exporter takes the whole address, over gRPC the collector's.
    private static void Configure(OtlpExporterOptions exporter, OtlpOptions collector, string path)
    {
        exporter.Protocol = collector.Protocol == "grpc" ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = collector.Protocol == "grpc" ? collector.Endpoint! : new Uri(new Uri(collector.Endpoint!.ToString().TrimEnd('/') + "/"), path);
    }
}
