using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace VaultGrid.Telemetry;

/// <summary>Puts telemetry into a silo or a relay, where it is configured.</summary>
public static class TelemetryHosting
{
    /// <summary>Adds what the section <see cref="TelemetryOptions.Section"/> asks for. Call it before anything that listens or traces.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="service">What the process is: <c>vaultgrid-silo</c> or <c>vaultgrid-relay</c>.</param>
    /// <param name="instance">Which one of its kind.</param>
    /// <returns>True where calls are traced.</returns>
    /// <exception cref="InvalidDataException">The section holds something that is no option, or makes no sense.</exception>
    public static bool AddVaultGridTelemetry(this WebApplicationBuilder builder, string service, string instance)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (Read(builder.Configuration) is not { } options) return false;

        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(new TelemetrySource(service, instance));
        builder.Services.AddHostedService<TelemetryService>();
        if (options.Prometheus is { } prometheus)
        {
            builder.Services.AddSingleton<PrometheusExporter>();
            builder.Services.Configure<KestrelServerOptions>(kestrel => Listen(kestrel, prometheus));
        }

        return options is { Otlp: not null, TraceRatio: > 0 };
    }

    /// <summary>Answers on the metrics' own port, where there is one, before anything else sees the request.</summary>
    public static WebApplication UseVaultGridTelemetry(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (app.Services.GetService<PrometheusExporter>() is not null) app.UseMiddleware<MetricsMiddleware>();
        return app;
    }

    private static TelemetryOptions? Read(ConfigurationManager configuration)
    {
        var section = configuration.GetSection(TelemetryOptions.Section);
        if (!section.Exists()) return null;
        try
        {
            var options = section.Get<TelemetryOptions>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new TelemetryOptions();
            return TelemetryOptionsCheck.Fault(options) is { } fault ? throw new InvalidDataException(fault) : options;
        }
        catch (InvalidOperationException failure)
        {
            throw new InvalidDataException($"{section.Path} can't be read ({failure.Message})", failure);
        }
    }

    private static void Listen(KestrelServerOptions kestrel, PrometheusOptions prometheus)
    {
        kestrel.AddServerHeader = false;
        kestrel.Listen(prometheus.Listen == "*" ? IPAddress.IPv6Any : IPAddress.Parse(prometheus.Listen), prometheus.Port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(next => connection =>
            {
                connection.Features.Set(MetricsListener.Instance);
                return next(connection);
            });
        });
    }
}
