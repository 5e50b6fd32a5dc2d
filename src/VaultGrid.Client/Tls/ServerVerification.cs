using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Client;

/// <summary>One TLS handshake with a relay: its certificate counts by VaultGrid's rules alone, never by the machine's trust store.</summary>
internal sealed class ServerVerification(KnownAuthorities authorities, string host, TimeProvider time)
{
    /// <summary>Why the server was not believed, if it wasn't.</summary>
    public Refusal? Refusal { get; private set; }

    public SslClientAuthenticationOptions Options(TlsIdentity identity) => new()
    {
        TargetHost = host,
        EnabledSslProtocols = SslProtocols.Tls13,
        ClientCertificateContext = identity.Context,
        ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
        CertificateChainPolicy = OfflineChain.Policy(),
        RemoteCertificateValidationCallback = (_, certificate, _, _) => Accepts(certificate),
    };

    private bool Accepts(X509Certificate? presented)
    {
        Refusal = presented is X509Certificate2 certificate
            ? Check(certificate)
            : new Refusal(RefusalCode.CertificateMalformed, "the server presented no certificate");
        return Refusal is null;
    }

    private Refusal? Check(X509Certificate2 certificate)
    {
        if (!RoleCertificate.Parse(certificate.RawDataMemory.Span).Is(out var parsed, out var refusal)) return refusal;
        if (authorities.Verify(parsed, CertificateRole.Relay, time.GetUtcNow()).Refusal is { } broken) return broken;

        return certificate.MatchesHostname(host, allowWildcards: false, allowCommonName: false)
            ? null
            : new Refusal(RefusalCode.CertificateUntrusted, $"the server's certificate ({parsed.Identity}) doesn't name the host '{host}'");
    }
}
