namespace VaultGrid.Relay;

/// <summary>What lies behind a relay on its own: with the embedded engine, which has no network, another relay.</summary>
internal static class GridBehind
{
    public static void Add(WebApplicationBuilder builder, Uri? upstream, bool isTraced)
    {
        _ = isTraced; // No grain is called from here.
        if (builder.Configuration.GetSection($"{RelayOptions.Section}:{nameof(RelayOptions.Channel)}").Exists())
        {
            builder.Services.AddSingleton<IVaultGridProvider, ChannelRelay>();
            return;
        }

        if (upstream is null) throw new RelayStartException($"{RelayOptions.Section}:Upstream, or --upstream, says which relay calls go on to");
        builder.Services.AddSingleton<IVaultGridProvider, UpstreamRelay>();
    }
}
