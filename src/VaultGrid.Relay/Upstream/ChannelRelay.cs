using VaultGrid.Channels;

namespace VaultGrid.Relay;

/// <summary>The grid behind a channel: calls become signed messages of this relay, which another one carries out (the external relay of an air gap).</summary>
internal sealed class ChannelRelay : IVaultGridProvider, IDisposable
{
    private static readonly Uri Somewhere = new("https://channel.invalid");

    private readonly VaultGridClient _client;
    private readonly CertificateIdentity _self;

    public ChannelRelay(RelayOptions options, RelayTls tls, TimeProvider time)
    {
        var channel = options.Channel ?? throw new InvalidOperationException("A relay with a channel has one.");
        var how = new ChannelOptions { Peer = channel.Peer, Life = channel.Life, Patience = channel.Patience };
        var handler = new ChannelHandler(new ChannelDirectory(channel.Directory), how, tls.Identity, tls.Authorities, time);

        // No repetition: the message lies in the channel until it is answered.
        var reach = new VaultGridClientOptions { Address = Somewhere, Timeout = options.Limits.RequestTimeout, Retries = 0 };
        if (!VaultGridClient.Over(reach, handler, time).Is(out var client, out var refusal)) throw new RelayStartException($"{RelayOptions.Section}:Channel is refused ({refusal})");
        (_client, _self) = (client, tls.Identity.Certificate.Identity);
    }

    public IVaultGrid For(Caller caller) => caller.Identity == _self ? _client : _client.OnBehalfOf(caller.Identity, caller.Hops + 1);

    public void Dispose() => _client.Dispose();
}
