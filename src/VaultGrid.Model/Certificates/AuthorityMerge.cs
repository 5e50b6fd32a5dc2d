namespace VaultGrid.Model.Certificates;

/// <summary>Works out the next <see cref="TrustedAuthorities"/>: first the certificates from the root downwards, then the lists likewise.</summary>
internal sealed class AuthorityMerge
{
    private const int MostAuthorities = 4096;

    private TrustedAuthorities _set;
    private bool _brings;
    private bool _older;

    private AuthorityMerge(TrustedAuthorities set) => _set = set;

    /// <param name="set">What is known.</param>
    /// <param name="bundle">What is offered.</param>
    /// <param name="time">Now; null when a stored set is read again, whose successions were decided when they were stored.</param>
    public static Outcome<TrustedAuthorities> Merge(TrustedAuthorities set, AuthorityBundle bundle, DateTimeOffset? time)
    {
        var merge = new AuthorityMerge(set);
        var refusal = merge.TakeCertificates(bundle) ?? merge.TakeLists(bundle);
        if (refusal is not null) return refusal;
        if (merge is { _brings: false, _older: true })
            return new Refusal(RefusalCode.RevocationsStale, "the revocation lists are older than those that are known");
        if (time is { } now && merge.SecondInForce(set, now) is { } second)
            return new Refusal(RefusalCode.StateConflict, $"{second} would be a second CA in force: the first must have expired or be revoked");

        return merge._brings ? merge._set : set;
    }

    private Refusal? TakeCertificates(AuthorityBundle bundle)
    {
        var parsed = new List<RoleCertificate>();
        foreach (var der in bundle.Certificates)
        {
            if (!RoleCertificate.Parse(der.Span).Is(out var certificate, out var refusal)) return refusal;
            parsed.Add(certificate);
        }

        // The roles are numbered from the root downwards, so an issuer is always taken before what it issued.
        return parsed.OrderBy(certificate => certificate.Role).Select(Take).FirstOrDefault(refusal => refusal is not null);
    }

    private Refusal? Take(RoleCertificate certificate)
    {
        if (!certificate.Role.IsAuthority()) return new(RefusalCode.CertificateRole, $"{certificate} is no CA");
        if (certificate.Equals(_set.Root)) return null;
        if (certificate.Role == CertificateRole.Root) return new(RefusalCode.CertificateUntrusted, $"{certificate} is not the pinned root");
        if (_set.IssuerOf(certificate) is not { } issuer)
            return new(RefusalCode.CertificateUntrusted, $"{certificate} doesn't chain to the pinned root");
        if (IssuingRules.Check(certificate, issuer) is { } broken) return broken;

        var keyId = TrustedAuthorities.KeyId(certificate.Fields.SubjectKeyId);
        if (_set.ByKeyId.TryGetValue(keyId, out var known) && known.Equals(certificate)) return null;
        if (known is not null || _set.IsAuthorityKey(certificate.Key))
            return new(RefusalCode.CertificateKey, $"the key of {certificate} belongs to another CA certificate");
        if (_set.Authorities.Length >= MostAuthorities) return new(RefusalCode.InputTooLarge, $"at most {MostAuthorities} CAs are kept");

        _set = new TrustedAuthorities(_set.Root, _set.ByKeyId.Add(keyId, certificate), _set.Lists);
        _brings = true;
        return null;
    }

    private Refusal? TakeLists(AuthorityBundle bundle)
    {
        var parsed = new List<(RoleCertificate Issuer, RevocationList List)>();
        foreach (var der in bundle.Lists)
        {
            if (!RevocationList.Parse(der.Span).Is(out var list, out var refusal)) return refusal;
            if (_set.Authorities.FirstOrDefault(list.Names) is not { } issuer || !list.IsSignedBy(issuer.Key))
                return new(RefusalCode.RevocationsMalformed, "a revocation list isn't signed by any CA that is known");
            parsed.Add((issuer, list));
        }

        return parsed.OrderBy(each => each.Issuer.Role).ThenBy(each => each.List.Number)
            .Select(each => Take(each.Issuer, each.List)).FirstOrDefault(refusal => refusal is not null);
    }

    private Refusal? Take(RoleCertificate issuer, RevocationList list)
    {
        // Whoever holds a revoked CA's key may sign anything: what it says after its revocation is news from nobody.
        if (_set.RevokedSince(issuer) < list.ThisUpdate) return null;

        var held = _set.ListOf(issuer);
        if (held is not null && held.Der.Span.SequenceEqual(list.Der.Span)) return null;
        if (held is not null && list.Number < held.Number)
        {
            _older = true;
            return null;
        }

        if (held is not null && !list.Supersedes(held, LongestValidityUnder(issuer.Role)))
            return new(RefusalCode.RevocationsStale, $"list {list.Number} of {issuer} reuses a number or forgets a revocation of list {held.Number}");

        _set = new TrustedAuthorities(_set.Root, _set.ByKeyId, _set.Lists.SetItem(issuer.ThumbprintHex, list));
        _brings = true;
        return null;
    }

    private RoleCertificate? SecondInForce(TrustedAuthorities before, DateTimeOffset time) => _set.Authorities
        .Where(authority => !before.ByKeyId.ContainsKey(TrustedAuthorities.KeyId(authority.Fields.SubjectKeyId)))
        .FirstOrDefault(added => _set.Authorities.Any(other => !other.Equals(added) && other.Identity == added.Identity
            && time <= other.NotAfter && _set.RevokedSince(other) is null && time <= added.NotAfter && _set.RevokedSince(added) is null));

    private static TimeSpan LongestValidityUnder(CertificateRole issuer) =>
        Enum.GetValues<CertificateRole>().Where(role => role != CertificateRole.Root && role.Issuer() == issuer).Max(role => role.LongestValidity());
}
