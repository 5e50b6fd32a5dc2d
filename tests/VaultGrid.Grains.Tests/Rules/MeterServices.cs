using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace VaultGrid.Grains.Tests.Rules;

/// <summary>Real meters, without a host.</summary>
internal sealed class MeterServices(ServiceProvider provider) : IDisposable
{
    public IMeterFactory Meters => provider.GetRequiredService<IMeterFactory>();

    public void Dispose() => provider.Dispose();
}

internal static class MeterServicesExtensions
{
    public static MeterServices AddMetricsProvider(this IServiceCollection services) => new(services.AddMetrics().BuildServiceProvider());
}
