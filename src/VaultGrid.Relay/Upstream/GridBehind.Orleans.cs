using Orleans.Configuration;
using VaultGrid.Client.Grains;
using VaultGrid.Grains;

namespace VaultGrid.Relay;

/// <summary>What lies behind a relay on its own: another relay where one is named, else the silos, as a client of Orleans.</summary>
internal static class GridBehind
{
    private const string Invariant = "Npgsql";
    private static readonly TimeSpan RefreshPeriod = TimeSpan.FromSeconds(5);

    public static void Add(WebApplicationBuilder builder, Uri? upstream, bool isTraced)
    {
        if (builder.Configuration.GetSection($"{RelayOptions.Section}:{nameof(RelayOptions.Channel)}").Exists())
        {
            builder.Services.AddSingleton<IVaultGridProvider, ChannelRelay>();
            return;
        }

        if (upstream is not null)
        {
            builder.Services.AddSingleton<IVaultGridProvider, UpstreamRelay>();
            return;
        }

        var membership = builder.Configuration.GetSection($"{RelayOptions.Section}:{nameof(RelayOptions.Membership)}").Get<RelayMembership>();
        if (membership is not { Connection.Length: > 0 })
            throw new RelayStartException($"{RelayOptions.Section} names neither an Upstream relay nor the silos' Membership:Connection");

        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (membership.ClusterId, membership.ServiceId));
            client.UseAdoNetClustering(store => (store.Invariant, store.ConnectionString) = (Invariant, membership.Connection));

            // A silo that came back is a new gateway: it is to be found sooner than after Orleans's minute.
            client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = RefreshPeriod);
            client.Services.AddSingleton<IClientConnectionRetryFilter, SiloPatience>();
            client.Services.AddSingleton<LostGateways>();
            client.Services.AddSingleton<IClusterConnectionStatusObserver>(services => services.GetRequiredService<LostGateways>());
            client.Services.AddSingleton<IOutgoingGrainCallFilter>(services => services.GetRequiredService<LostGateways>());
            if (isTraced) client.AddOutgoingGrainCallFilter<OutgoingTrace>();
        });
        builder.Services.AddSingleton<IVaultGridProvider, GrainGridProvider>();
    }

    private sealed class GrainGridProvider(IGrainFactory grains) : IVaultGridProvider
    {
        public IVaultGrid For(Caller caller) => GrainVaultGrid.For(grains, caller.ToString());
    }
}
