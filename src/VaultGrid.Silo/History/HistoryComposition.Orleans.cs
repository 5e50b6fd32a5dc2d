using Orleans.Storage;
using VaultGrid.Silo.Audit;
using VaultGrid.Silo.Catalogue;
using VaultGrid.Silo.Hosting;

namespace VaultGrid.Silo.History;

/// <summary>The request history, the catalogue and the merged audit logs of silos that are many: in the PostgreSQL database that they share.</summary>
internal static class HistoryComposition
{
    public static void Add(IServiceCollection services, StorageOptions storage)
    {
        if (storage.Kind != "postgres") throw new SiloStartException("VaultGrid:Storage:Kind must be postgres on Orleans: silos share their state");
        services.AddHistory(provider => new PostgresRequestHistory(storage.Connection!, provider.GetRequiredService<IGrainStorageSerializer>()));
        services.AddCatalogue(provider => new PostgresTrustCatalogue(storage.Connection!, provider.GetRequiredService<IGrainStorageSerializer>()));
        services.AddAudit(_ => new PostgresAuditStore(storage.Connection!));
    }
}
