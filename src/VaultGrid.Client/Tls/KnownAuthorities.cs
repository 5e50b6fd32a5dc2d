using VaultGrid.Model.Certificates;

namespace VaultGrid.Client;

/// <summary>The CAs and revocation lists that this side goes by. It only ever learns: a bundle that forgets something is refused. Safe from any thread.</summary>
public sealed class KnownAuthorities(TrustedAuthorities start)
{
    private TrustedAuthorities _current = start;

    /// <summary>What is known now, an immutable snapshot.</summary>
    public TrustedAuthorities Current => Volatile.Read(ref _current);

    /// <summary>Pins a root and takes a bundle: PEM texts, as <c>vaultgrid ca</c> writes them.</summary>
    /// <param name="rootPem">The Root CA's certificate, one <c>CERTIFICATE</c> block.</param>
    /// <param name="bundlePem">CA certificates and revocation lists.</param>
    /// <param name="time">Now.</param>
    /// <returns>What is known, or <c>input.malformed</c> and the refusals of <see cref="TrustedAuthorities.TryAdd"/>.</returns>
    public static Outcome<KnownAuthorities> Open(string rootPem, string bundlePem, DateTimeOffset time)
    {
        if (!AuthorityBundle.ParsePem(rootPem).Is(out var root, out var refusal)) return refusal;
        if (root.Certificates.Length != 1 || !root.Lists.IsEmpty)
            return new Refusal(RefusalCode.InputMalformed, "the file of the root holds one certificate and nothing else");

        return TrustedAuthorities.Pin(root.Certificates[0].Span)
            .Then(pinned => AuthorityBundle.ParsePem(bundlePem).Then(bundle => pinned.TryAdd(bundle, time)))
            .Then<KnownAuthorities>(known => new KnownAuthorities(known));
    }

    /// <summary>Takes a newer bundle; what is known already is skipped.</summary>
    /// <param name="bundle">CA certificates and revocation lists.</param>
    /// <param name="time">Now.</param>
    public Outcome<TrustedAuthorities> Take(AuthorityBundle bundle, DateTimeOffset time)
    {
        while (true)
        {
            var before = Current;
            if (!before.TryAdd(bundle, time).Is(out var after, out var refusal)) return refusal;
            if (ReferenceEquals(Interlocked.CompareExchange(ref _current, after, before), before)) return after;
        }
    }

    /// <summary>Verifies a certificate for a role under what is known now; time never falls below the highest that a CA has signed.</summary>
    public Outcome<RoleCertificate> Verify(RoleCertificate certificate, CertificateRole role, DateTimeOffset time)
    {
        var known = Current;
        return ChainVerifier.Verify(certificate, role, known, time > known.HighestSignedTime ? time : known.HighestSignedTime);
    }
}
