using System.Net;
using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;

namespace VaultGrid.Relay;

/// <summary>
/// How the web server listens. TLS 1.3 alone: both ends are ours or a caller's current software, and an older version would add nothing but
/// suites to choose badly from and renegotiation.
/// </summary>
internal sealed class RelayListener(RelayOptions options, RelayTls tls, CallerCheck check) : IConfigureOptions<KestrelServerOptions>
{
    private const int HeadersMax = 64;
    private const double BytesPerSecondMin = 1024;

    public void Configure(KestrelServerOptions kestrel)
    {
        var limits = options.Limits;
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = limits.RequestBody;
        kestrel.Limits.MaxRequestHeadersTotalSize = limits.RequestHeaders;
        kestrel.Limits.Http2.MaxRequestHeaderFieldSize = limits.RequestHeaders;
        kestrel.Limits.MaxRequestHeaderCount = HeadersMax;
        kestrel.Limits.RequestHeadersTimeout = limits.HeadersTimeout;
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(BytesPerSecondMin, TimeSpan.FromSeconds(Math.Max(1.5, limits.BodyTimeout.TotalSeconds)));
        kestrel.Limits.MaxConcurrentConnections = limits.Connections;

        var address = options.Listen == "*" ? IPAddress.IPv6Any : IPAddress.Parse(options.Listen);
        kestrel.Listen(address, options.Port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.UseHttps(Tls());
        });
        if (options.HealthPort is { } health) kestrel.Listen(address, health, listen => listen.Protocols = HttpProtocols.Http1);
    }

    private HttpsConnectionAdapterOptions Tls() => new()
    {
        SslProtocols = SslProtocols.Tls13,
        HandshakeTimeout = options.Limits.HandshakeTimeout,
        ServerCertificate = tls.Identity.Context.TargetCertificate,
        ServerCertificateChain = [.. tls.Identity.Context.IntermediateCertificates],
        ClientCertificateMode = ClientCertificateMode.RequireCertificate,
        CheckCertificateRevocation = false,
        OnAuthenticate = (_, authentication) => authentication.CertificateChainPolicy = OfflineChain.Policy(),
        ClientCertificateValidation = (certificate, _, _) =>
        {
            var ours = check.IsOurs(certificate);
            if (!ours) RelayInstruments.OnStranger();
            return ours;
        },
    };
}
