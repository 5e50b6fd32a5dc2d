namespace VaultGrid.Silo.Hosting;

/// <summary>Under Orleans a relay is a process of its own, a client of the silos.</summary>
internal static class RelayComposition
{
    public static bool TryAdd(WebApplicationBuilder builder, SiloOptions options) => builder.Configuration.GetSection("VaultGrid:Relay").Exists()
        ? throw new SiloStartException("VaultGrid:Relay is no section of a silo on Orleans: run vaultgrid-relay beside it")
        : false;

    public static void Use(WebApplication app) => throw new InvalidOperationException("There is no relay in this process.");
}
