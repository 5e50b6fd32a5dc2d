using Microsoft.Extensions.DependencyInjection;
using VaultGrid.Embedded.Reminders;
using VaultGrid.Embedded.State;

namespace VaultGrid.Embedded.Storage;

internal static class StoreRegistration
{
    public static void AddSqliteStores(this IServiceCollection services, string file) => services.AddStores(_ => new SqliteEngineStore(file));

    public static void AddPostgresStores(this IServiceCollection services, string connection, string serviceId) =>
        services.AddStores(_ => new PostgresEngineStore(connection, serviceId));

    private static void AddStores<TStore>(this IServiceCollection services, Func<IServiceProvider, TStore> make)
        where TStore : class, IGrainStateStore, IReminderStore, IStorageLifetime
    {
        services.AddSingleton(make);
        services.AddSingleton<IGrainStateStore>(provider => provider.GetRequiredService<TStore>());
        services.AddSingleton<IReminderStore>(provider => provider.GetRequiredService<TStore>());
        services.AddSingleton<IStorageLifetime>(provider => provider.GetRequiredService<TStore>());
    }
}
