namespace VaultGrid.Relay;

/// <summary>What lies behind a relay on its own: with the embedded engine, which has no network, another relay.</summary>
internal static class GridBehind
{
    public static void Add(WebApplicationBuilder builder) => builder.Services.AddSingleton<IVaultGridProvider, UpstreamRelay>();
}
