using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;
using VaultGrid.Embedded.Activations;
using VaultGrid.Embedded.Reminders;
using VaultGrid.Embedded.Storage;

namespace VaultGrid.Embedded.Engine;

/// <summary>Adds the embedded engine to a host.</summary>
public static class EmbeddedEngineExtensions
{
    /// <summary>
    /// Registers the engine as a hosted service, with <see cref="IGrainFactory"/> and <see cref="IClusterClient"/>. The host must
    /// register an <see cref="Orleans.Storage.IGrainStorageSerializer"/>; a <see cref="TimeProvider"/> is the system's unless it does.
    /// </summary>
    /// <exception cref="InvalidOperationException">The options contradict each other.</exception>
    public static IHostApplicationBuilder UseEmbeddedGrains(
        this IHostApplicationBuilder builder, EmbeddedEngineOptions options, Action<ISiloBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var services = builder.Services;
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<GrainEngine>();
        services.AddSingleton<ClusterClient>();
        services.AddSingleton<IClusterClient>(provider => provider.GetRequiredService<ClusterClient>());
        services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<ClusterClient>());
        services.AddSingleton<IGrainContextAccessor, ActivationContextAccessor>();
        services.AddSingleton<ReminderService>();
        if (options.SqliteFile is { } file)
        {
            services.AddSqliteStores(file);
        }
        else
        {
            services.AddPostgresStores(options.PostgresConnection!, options.ServiceId);
        }

        services.AddHostedService<EngineHost>();
        configure?.Invoke(new SiloBuilder(services, builder.Configuration));
        return builder;
    }

    private sealed class SiloBuilder(IServiceCollection services, IConfiguration configuration) : ISiloBuilder
    {
        public IServiceCollection Services => services;

        public IConfiguration Configuration => configuration;
    }
}
