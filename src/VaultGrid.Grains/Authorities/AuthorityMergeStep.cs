using VaultGrid.Model.Certificates;

namespace VaultGrid.Grains.Authorities;

/// <summary>What the grid knows of the CAs after another bundle; pure.</summary>
internal static class AuthorityMergeStep
{
    /// <param name="stored">What is known, as stored; empty for nothing.</param>
    /// <param name="bundle">What is offered, DER.</param>
    /// <param name="now">Now.</param>
    public static Outcome<TrustedAuthorities> Add(ReadOnlySpan<byte> stored, ReadOnlySpan<byte> bundle, DateTimeOffset now)
    {
        if (!AuthorityBundle.Parse(bundle).Is(out var offered, out var refusal)) return refusal;
        var known = stored.IsEmpty ? PinFirst(offered) : TrustedAuthorities.Restore(stored);
        return known.Then(set => set.TryAdd(offered, now));
    }

    private static Outcome<TrustedAuthorities> PinFirst(AuthorityBundle bundle)
    {
        foreach (var der in bundle.Certificates)
        {
            if (RoleCertificate.Parse(der.Span).Is(out var certificate, out _) && certificate.Role == CertificateRole.Root)
                return TrustedAuthorities.Pin(der.Span);
        }

        return new Refusal(RefusalCode.CertificateUntrusted, "the first bundle must hold the Root CA's certificate");
    }
}
