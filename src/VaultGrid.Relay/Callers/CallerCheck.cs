using System.Security.Cryptography.X509Certificates;

namespace VaultGrid.Relay;

/// <summary>
/// Who calls, from the certificate of the connection and, for relays alone, the header that names the caller. Asked for every request, since
/// a connection may outlive its certificate, a revocation or a list; parsing and signatures are remembered, so that costs a few comparisons.
/// </summary>
internal sealed class CallerCheck(KnownAuthorities authorities, TimeProvider time)
{
    private readonly CertificateCache _cache = new();

    /// <summary>At the handshake: only what a CA of ours has signed gets to speak. Whether it counts now is answered over HTTP, with a reason.</summary>
    public bool IsOurs(X509Certificate2 presented) =>
        Parse(presented).Then(certificate => authorities.Verify(certificate, certificate.Role, time.GetUtcNow())).Refusal?.Code is not
            (RefusalCode.CertificateMalformed or RefusalCode.CertificateUntrusted or RefusalCode.CertificateWeak or RefusalCode.CertificateKey
            or RefusalCode.InputMalformed or RefusalCode.InputTooLarge);

    /// <summary>Says who calls: <c>caller.unauthenticated</c> where the certificate doesn't count, <c>caller.refused</c> where it may not do this.</summary>
    /// <param name="presented">The certificate of the connection.</param>
    /// <param name="forwarded">What the headers say of whom it is for.</param>
    /// <param name="isOpenToRelays">True where relays may ask for themselves.</param>
    public Outcome<Caller> Check(X509Certificate2? presented, Forwarded forwarded, bool isOpenToRelays)
    {
        if (presented is null) return Unauthenticated("a client certificate is needed");
        if (!Parse(presented).Is(out var certificate, out var refusal)) return Unauthenticated(refusal.ToString());
        if (certificate.Role is not (CertificateRole.Client or CertificateRole.Relay))
            return Refused($"{certificate.Identity} has the role {certificate.Role.Name()}: callers have a client certificate");
        if (!authorities.Verify(certificate, certificate.Role, time.GetUtcNow()).Is(out _, out refusal)) return Unauthenticated(refusal.ToString());

        return certificate.Role == CertificateRole.Client
            ? OfClient(certificate.Identity, forwarded)
            : OfRelay(certificate.Identity, forwarded, isOpenToRelays);
    }

    private static Outcome<Caller> OfClient(CertificateIdentity client, Forwarded forwarded) =>
        forwarded.IsAbsent ? new Caller(client, Relay: null) : Refused($"only a relay may speak for somebody else: {GridHeaders.Caller} is refused");

    private static Outcome<Caller> OfRelay(CertificateIdentity relay, Forwarded forwarded, bool isOpenToRelays)
    {
        if (forwarded.IsAbsent) return isOpenToRelays ? new Caller(relay, Relay: null) : Refused($"a relay names its caller in {GridHeaders.Caller}");
        if (forwarded.Caller.Count != 1 || !CertificateIdentity.Parse(forwarded.Caller[0] ?? "").Is(out var caller, out _) || caller.Role != CertificateRole.Client)
            return Refused($"{GridHeaders.Caller} names one client by its identity");

        return forwarded.Number is { } hops
            ? new Caller(caller, relay, hops)
            : Refused($"{GridHeaders.Hops} is the number of relays passed, at most {GridHeaders.HopsMax}: do relays forward in a circle?");
    }

    private Outcome<RoleCertificate> Parse(X509Certificate2 presented) => _cache.Parse(presented.RawDataMemory.Span);

    private static Refusal Unauthenticated(string why) => new(RefusalCode.CallerUnauthenticated, why);

    private static Refusal Refused(string why) => new(RefusalCode.CallerRefused, why);
}
