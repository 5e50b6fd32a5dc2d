using VaultGrid.Client;
using VaultGrid.Client.Grains;
using VaultGrid.Relay;

namespace VaultGrid.Silo.Hosting;

/// <summary>The relay's endpoints in this process, where they are configured: the embedded engine has no network of its own.</summary>
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
        return true;
    }

    public static void Use(WebApplication app) => app.UseVaultGridRelay();

    private sealed class GrainGridProvider(IGrainFactory grains) : IVaultGridProvider
    {
        // Who came through another relay is recorded with that relay: its word is all there is for the name.
        public IVaultGrid For(Caller caller) =>
            GrainVaultGrid.For(grains, caller.Relay is { } relay ? $"{caller.Identity.Uri} via {relay.Uri}" : caller.Identity.Uri);
    }
}
