using VaultGrid.Grains.Approvals;

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
}
