using VaultGrid.Client;
using VaultGrid.Client.Grains;
using VaultGrid.Grains.Sessions;
using VaultGrid.Relay;
using VaultGrid.Silo.Gateways;

namespace VaultGrid.Silo.Hosting;

/// <summary>
/// The relay's endpoints in this process, where they are configured: the only way with the embedded engine, which has no network; under Orleans
/// for small sites, while vaultgrid-relay keeps the outer network away from the silos.
/// </summary>
internal static class RelayComposition
{
    public static bool TryAdd(WebApplicationBuilder builder, SiloOptions options)
    {
        if (!builder.Configuration.GetSection(RelayOptions.Section).Exists()) return false;
        if (options.Health.Port is not null)
            throw new SiloStartException("VaultGrid:Health:Port is for a silo without a relay; with one, set VaultGrid:Relay:HealthPort");

        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.AddVaultGridRelay();
        builder.Services.AddSingleton<IVaultGridProvider, GrainGridProvider>();
        if (builder.Configuration.GetSection($"{RelayOptions.Section}:{nameof(RelayOptions.Remotes)}").Exists())
            builder.Services.AddSingleton<IClusterGateways>(provider => new RemoteGateways(new BridgeGateways(), provider.GetRequiredService<IRemoteGrids>().Of));
        return true;
    }

    public static void Use(WebApplication app) => app.UseVaultGridRelay();

    private sealed class GrainGridProvider(IGrainFactory grains) : IVaultGridProvider
    {
        public IVaultGrid For(Caller caller) => GrainVaultGrid.For(grains, caller.ToString());
    }
}
