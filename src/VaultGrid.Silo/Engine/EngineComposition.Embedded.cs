using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Storage;
using VaultGrid.Embedded.Engine;
using VaultGrid.Silo.Engine.State;

namespace VaultGrid.Silo.Engine;

/// <summary>Adds the grain engine of this build to a host: here the embedded one.</summary>
public static class EngineComposition
{
    /// <summary>Registers the engine as a hosted service, with <see cref="IGrainFactory"/> and <see cref="IClusterClient"/>.</summary>
    /// <exception cref="InvalidOperationException">The options contradict each other.</exception>
    public static IHostApplicationBuilder AddGridEngine(
        this IHostApplicationBuilder builder, GridEngineOptions options, Action<ISiloBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        var embedded = new EmbeddedEngineOptions
        {
            SqliteFile = options.SqliteFile,
            PostgresConnection = options.PostgresConnection,
            ServiceId = options.ServiceId,
            CollectionAge = options.CollectionAge,
            ResponseTimeout = options.ResponseTimeout,
            MaxQueuedCalls = options.MaxQueuedCalls,
        };
        foreach (var assembly in options.Assemblies)
        {
            embedded.Assemblies.Add(assembly);
        }

        builder.Services.TryAddSingleton<IGrainStorageSerializer>(new GridStateSerializer(options.Assemblies));
        return builder.UseEmbeddedGrains(embedded, configure);
    }
}
