#pragma warning disable ORLEANSEXP004 // Placement filters: the only way to place by grain key.
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Metadata;
using Orleans.Placement;
using Orleans.Storage;
using VaultGrid.Silo.Engine.Placement;
using VaultGrid.Silo.Engine.Postgres;
using VaultGrid.Silo.Engine.State;

namespace VaultGrid.Silo.Engine;

/// <summary>Adds the grain engine of this build to a host: here Orleans, with everything it keeps in PostgreSQL.</summary>
public static class EngineComposition
{
    private const string Invariant = "Npgsql";

    /// <summary>Registers the engine as a hosted service, with <see cref="IGrainFactory"/> and <see cref="IClusterClient"/>.</summary>
    /// <exception cref="InvalidOperationException">The options contradict each other.</exception>
    public static IHostApplicationBuilder AddGridEngine(
        this IHostApplicationBuilder builder, GridEngineOptions options, Action<ISiloBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        if (options.PostgresConnection is not { } connection || options.SqliteFile is not null)
        {
            throw new InvalidOperationException("A silo of Orleans needs a PostgreSQL connection, and has no SQLite file.");
        }

        builder.Services.TryAddSingleton<IGrainStorageSerializer>(new GridStateSerializer(options.Assemblies));

        // Hosted services start in order: the schema is there before the silo looks for it.
        builder.Services.AddSingleton<IHostedService>(new PostgresMigrationService(connection));
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.ClusterId, options.ServiceId));
            silo.ConfigureEndpoints(options.Address, options.SiloPort, options.GatewayPort, listenOnAnyHostAddress: false);
            silo.UseAdoNetClustering(store => (store.Invariant, store.ConnectionString) = (Invariant, connection));
            silo.UseAdoNetReminderService(store => (store.Invariant, store.ConnectionString) = (Invariant, connection));
            silo.AddAdoNetGrainStorageAsDefault(store => store.Configure<IGrainStorageSerializer>((adoNet, serializer) =>
                (adoNet.Invariant, adoNet.ConnectionString, adoNet.GrainStorageSerializer) = (Invariant, connection, serializer)));
            ConfigureLimits(silo, options);
            AddEnclavePlacement(silo, options);
            configure?.Invoke(silo);
        });
        return builder;
    }

    private static void ConfigureLimits(ISiloBuilder silo, GridEngineOptions options)
    {
        silo.Configure<GrainCollectionOptions>(collection =>
        {
            collection.CollectionAge = options.CollectionAge;
            if (collection.CollectionQuantum >= options.CollectionAge)
            {
                collection.CollectionQuantum = options.CollectionAge / 2;
            }
        });
        silo.Configure<SiloMessagingOptions>(messaging =>
        {
            messaging.ResponseTimeout = options.ResponseTimeout;
            messaging.MaxEnqueuedRequestsHardLimit = options.MaxQueuedCalls;
            messaging.MaxEnqueuedRequestsHardLimit_StatelessWorker = options.MaxQueuedCalls;
        });
    }

    private static void AddEnclavePlacement(ISiloBuilder silo, GridEngineOptions options)
    {
        silo.Configure<SiloOptions>(named => named.SiloName = AttachedEnclaves.SiloName(options.Name, options.Enclaves));
        silo.Services.AddPlacementFilter<EnclaveFilterStrategy, EnclaveFilterDirector>(ServiceLifetime.Transient);
        silo.Services.AddSingleton<IGrainPropertiesProvider>(provider =>
            new AttachedGrainProperties(options.AttachedGrains, provider));
    }
}
