namespace VaultGrid.Relay;

/// <summary>The grid behind another relay: calls go on over REST, with the caller's name and this relay's certificate.</summary>
internal sealed class UpstreamRelay : IVaultGridProvider, IDisposable
{
    private readonly VaultGridClient _client;
    private readonly CertificateIdentity _self;

    public UpstreamRelay(RelayOptions options, RelayTls tls, TimeProvider time)
    {
        var address = options.Upstream ?? throw new InvalidOperationException("A relay that forwards has an upstream.");

        // One repetition: whoever called this relay repeats for itself.
        var reach = new VaultGridClientOptions { Address = address, Timeout = options.Limits.RequestTimeout, Retries = 1 };
        if (!VaultGridClient.Create(reach, tls.Identity, tls.Authorities, time).Is(out var client, out var refusal))
            throw new RelayStartException($"{RelayOptions.Section}:Upstream is refused ({refusal})");
        (_client, _self) = (client, tls.Identity.Certificate.Identity);
    }

    public IVaultGrid For(Caller caller) => caller.Identity == _self ? _client : _client.OnBehalfOf(caller.Identity, caller.Hops + 1);

    public void Dispose() => _client.Dispose();
}
