using VaultGrid.Grains.Trusts;

namespace VaultGrid.Silo.Catalogue;

internal static class CatalogueRegistration
{
    public static void AddCatalogue<TCatalogue>(this IServiceCollection services, Func<IServiceProvider, TCatalogue> make)
        where TCatalogue : class, ITrustCatalogue, IHostedService
    {
        services.AddSingleton(make);
        services.AddSingleton<ITrustCatalogue>(provider => provider.GetRequiredService<TCatalogue>());
        services.AddHostedService(provider => provider.GetRequiredService<TCatalogue>());
    }
}
