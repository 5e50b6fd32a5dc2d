using VaultGrid.Model.Certificates;

namespace VaultGrid.Model;

/// <summary>Decides whether a call may be answered. Pure but for the window, which remembers it.</summary>
public static class CallCheck
{
    /// <summary>
    /// Checks, in this order: form (<c>call.malformed</c>), cluster (<c>request.cluster</c>), time (<c>call.expired</c>), parameters (<c>call.invalid</c>), the
    /// caller's certificate as a client's (<c>certificate.*</c>), signature (<c>call.invalid</c>), permission (<c>call.denied</c>), and only then, so that nobody else
    /// fills it, the window (<c>call.replayed</c>, <c>enclave.busy</c>). An admitted call is used up, whatever becomes of it.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="parameters">The exact bytes that came beside it.</param>
    /// <param name="cluster">The enclave's own.</param>
    /// <param name="now">The enclave's time.</param>
    /// <param name="authorities">The CAs and lists to go by.</param>
    /// <param name="certificates">Parsed certificates.</param>
    /// <param name="permit">Says whether this caller may do this: <see cref="DomainCallRules"/> for Domains, a key's policy for keys. What nobody allows is refused.</param>
    /// <param name="window">The calls that were answered lately.</param>
    public static Outcome<AdmittedCall> Admit(
        SignedCall call,
        ReadOnlySpan<byte> parameters,
        ClusterId cluster,
        DateTimeOffset now,
        TrustedAuthorities authorities,
        CertificateCache certificates,
        Func<CallBody, RoleCertificate, Outcome<Done>> permit,
        ReplayWindow window)
    {
        ArgumentNullException.ThrowIfNull(window);
        if (!Check(call, parameters, cluster, now, authorities, certificates, permit).Is(out var known, out var refusal)) return refusal;
        var (body, caller) = known;
        if (!P256PublicKey.Parse(body.AnswerKey.Span).Is(out var answerKey, out _))
            return new Refusal(RefusalCode.CallMalformed, "the call's answer key is no point of P-256");
        return window.Take(ReplayWindow.NameOf(caller.Key, body.Nonce.Span), body.Expires, now).Is(out _, out refusal) ? new AdmittedCall(body, caller, answerKey) : refusal;
    }

    /// <summary>
    /// The same without the window, for calls that do the same however often they are answered: one that has a message signed authorises its bytes until it expires,
    /// as a request does, so that signers who failed can be replaced. What it gets is public, so its answer key is not looked at. The parameters are as those of <see cref="Admit"/>.
    /// </summary>
    public static Outcome<Done> Authorise(
        SignedCall call,
        ReadOnlySpan<byte> parameters,
        ClusterId cluster,
        DateTimeOffset now,
        TrustedAuthorities authorities,
        CertificateCache certificates,
        Func<CallBody, RoleCertificate, Outcome<Done>> permit) =>
        Check(call, parameters, cluster, now, authorities, certificates, permit).Then<Done>(_ => default(Done));

    private static Outcome<(CallBody Body, RoleCertificate Caller)> Check(
        SignedCall call,
        ReadOnlySpan<byte> parameters,
        ClusterId cluster,
        DateTimeOffset now,
        TrustedAuthorities authorities,
        CertificateCache certificates,
        Func<CallBody, RoleCertificate, Outcome<Done>> permit)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(certificates);
        ArgumentNullException.ThrowIfNull(permit);
        if (!CallBody.Parse(call.Body.Span).Is(out var body, out var refusal)) return refusal;
        if (!body.IsFor(cluster))
            return new Refusal(RefusalCode.RequestCluster, $"the call is for {(body.Clusters is { } several ? $"clusters {several}" : $"cluster {body.Cluster}")}, this enclave is of {cluster}");
        if (now > body.Expires) return new Refusal(RefusalCode.CallExpired, "the call has expired: sign a new one");
        if (body.Expires - now > CallBody.LongestLife)
            return new Refusal(RefusalCode.CallExpired, $"a call expires at most {CallBody.LongestLife.TotalMinutes:0} minutes ahead; compare the clocks");
        if (CallBody.HashOf(parameters) != body.Parameters) return new Refusal(RefusalCode.CallInvalid, "the parameters are not those that the call was signed with");

        if (!certificates.Parse(call.Certificate.Span)
            .Then(parsed => ChainVerifier.Verify(parsed, CertificateRole.Client, authorities, now)).Is(out var caller, out refusal)) return refusal;
        if (!caller.Key.VerifiesStatement(CallBody.Statement(call.Body.Span), call.Signature.Span))
            return new Refusal(RefusalCode.CallInvalid, $"the call is not signed by {caller.Identity}");
        return permit(body, caller).Is(out _, out refusal) ? (body, caller) : refusal;
    }
}
