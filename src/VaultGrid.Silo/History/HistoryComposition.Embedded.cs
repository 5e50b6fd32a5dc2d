using Orleans.Storage;
using VaultGrid.Silo.Audit;
using VaultGrid.Silo.Catalogue;
using VaultGrid.Silo.Hosting;

namespace VaultGrid.Silo.History;

/// <summary>Chooses where the request history, the catalogue of Trusts and Domains, and the merged audit logs are kept.</summary>
internal static class HistoryComposition
{
    public static void Add(IServiceCollection services, StorageOptions storage)
    {
        if (storage.Kind == "postgres")
        {
            services.AddHistory(provider => new PostgresRequestHistory(storage.Connection!, provider.GetRequiredService<IGrainStorageSerializer>()));
            services.AddCatalogue(provider => new PostgresTrustCatalogue(storage.Connection!, provider.GetRequiredService<IGrainStorageSerializer>()));
            services.AddAudit(_ => new PostgresAuditStore(storage.Connection!));
            return;
        }

        // Everything in it is public, and nobody else's business.
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(storage.Directory!);
        else Directory.CreateDirectory(storage.Directory!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        // The engine's own file: a request's state and its row then share a commit.
        services.AddHistory(provider => new SqliteRequestHistory(
            Path.Combine(storage.Directory!, "grains.db"), provider.GetRequiredService<IGrainStorageSerializer>()));
        services.AddCatalogue(provider => new SqliteTrustCatalogue(
            Path.Combine(storage.Directory!, "grains.db"), provider.GetRequiredService<IGrainStorageSerializer>()));
        services.AddAudit(_ => new SqliteAuditStore(Path.Combine(storage.Directory!, "audit.db")));
    }
}
