using VaultGrid.Grains.Approvals;
using VaultGrid.Grains.Audit;

namespace VaultGrid.Silo.History;

internal static class HistoryRegistration
{
    public static void AddHistory<THistory>(this IServiceCollection services, Func<IServiceProvider, THistory> make)
        where THistory : class, IRequestHistory, IHostedService
    {
        services.AddSingleton(make);
        services.AddSingleton<IRequestHistory>(provider => provider.GetRequiredService<THistory>());
        services.AddHostedService(provider => provider.GetRequiredService<THistory>());
    }

    public static void AddAudit<TStore>(this IServiceCollection services, Func<IServiceProvider, TStore> make)
        where TStore : class, IAuditStore, IHostedService
    {
        services.AddSingleton(make);
        services.AddSingleton<IAuditStore>(provider => provider.GetRequiredService<TStore>());
        services.AddHostedService(provider => provider.GetRequiredService<TStore>());
    }
}
