using VaultGrid.Channels;

namespace VaultGrid.Relay;

/// <summary>Grids that hold other clusters of the same keys, for a coordinator.</summary>
public interface IRemoteGrids
{
    /// <summary>The grid that a cluster is in; null for this one.</summary>
    IVaultGrid? Of(ClusterId cluster);
}

/// <summary>Other grids by configuration. This relay's certificate says who asks.</summary>
internal sealed class RemoteGrids : IRemoteGrids, IDisposable
{
    private static readonly Uri Somewhere = new("https://channel.invalid");

    private readonly Dictionary<ClusterId, VaultGridClient> _grids = [];

    public RemoteGrids(RelayOptions options, RelayTls tls, TimeProvider time)
    {
        foreach (var remote in options.Remotes)
        {
            var client = Connect(remote, options, tls, time);
            foreach (var number in remote.Clusters) _grids.Add(new ClusterId(number), client);
        }
    }

    public IVaultGrid? Of(ClusterId cluster) => _grids.GetValueOrDefault(cluster);

    public void Dispose()
    {
        foreach (var client in _grids.Values) client.Dispose();
    }

    private static VaultGridClient Connect(RelayRemote remote, RelayOptions options, RelayTls tls, TimeProvider time)
    {
        // No repetition: a coordinator that gets no answer in time tries others.
        var reach = new VaultGridClientOptions { Address = remote.Address ?? Somewhere, Timeout = options.Limits.RequestTimeout, Retries = 0 };
        var made = remote.Channel is { } channel
            ? VaultGridClient.Over(
                reach,
                new ChannelHandler(
                    new ChannelDirectory(channel.Directory), new ChannelOptions { Peer = channel.Peer, Life = channel.Life, Patience = channel.Patience },
                    tls.Identity, tls.Authorities, time),
                time)
            : VaultGridClient.Create(reach, tls.Identity, tls.Authorities, time);
        return made.Is(out var client, out var refusal) ? client : throw new RelayStartException($"{RelayOptions.Section}:Remotes is refused ({refusal})");
    }
}
