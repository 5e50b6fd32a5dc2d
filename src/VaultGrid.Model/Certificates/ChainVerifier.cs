namespace VaultGrid.Model.Certificates;

/// <summary>
/// Says whether a certificate counts, for one role, under a set of authorities, at a time. Signatures are verified level by level over the
/// closed profile of <see cref="RoleCertificate"/>, instead of building a path with <c>X509Chain</c>: between two certificates there is never
/// a choice of path, nothing may be downloaded or looked up on the machine, revocation lists come from the set alone, and each step is a
/// few comparisons. CA signatures were verified when the CA entered the set; the leaf's is verified once and remembered by its object.
/// </summary>
public static class ChainVerifier
{
    /// <summary>
    /// Verifies for use now. In this order: <c>certificate.role</c>, <c>certificate.untrusted</c>, <c>certificate.key</c> (a CA's key),
    /// then from the leaf upwards <c>certificate.expired</c> (or not yet valid), <c>revocations.missing</c>, <c>certificate.revoked</c>,
    /// <c>revocations.overdue</c>.
    /// </summary>
    /// <param name="certificate">The certificate, parsed.</param>
    /// <param name="expected">The only role that is accepted.</param>
    /// <param name="authorities">The CAs and lists to go by.</param>
    /// <param name="time">Now, from a clock that never falls below <see cref="TrustedAuthorities.HighestSignedTime"/>.</param>
    /// <param name="overdue">Whether overdue lists are refused; audit signatures alone run on them.</param>
    public static Outcome<RoleCertificate> Verify(
        RoleCertificate certificate,
        CertificateRole expected,
        TrustedAuthorities authorities,
        DateTimeOffset time,
        OverdueLists overdue = OverdueLists.Refused)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(authorities);
        return CheckRoleAndSignature(certificate, expected, authorities)
            ?? CheckPath(certificate, authorities, step => CheckNow(step, authorities, time, overdue))
            ?? (Outcome<RoleCertificate>)certificate;
    }

    /// <summary>
    /// Verifies evidence as of the time of its record: valid then and not revoked by then. Later expiry or revocation changes nothing, and
    /// neither do overdue lists; a list of each CA on the path must still be known.
    /// </summary>
    /// <param name="certificate">The certificate, parsed.</param>
    /// <param name="expected">The only role that is accepted.</param>
    /// <param name="authorities">The CAs and lists to go by.</param>
    /// <param name="recordTime">When the record was made, as an enclave signed it: never a time that the presenter of the evidence names.</param>
    public static Outcome<RoleCertificate> VerifyAsOf(
        RoleCertificate certificate,
        CertificateRole expected,
        TrustedAuthorities authorities,
        DateTimeOffset recordTime)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(authorities);
        return CheckRoleAndSignature(certificate, expected, authorities)
            ?? CheckPath(certificate, authorities, step => CheckAsOf(step, authorities, recordTime))
            ?? (Outcome<RoleCertificate>)certificate;
    }

    private static Refusal? CheckRoleAndSignature(RoleCertificate certificate, CertificateRole expected, TrustedAuthorities authorities)
    {
        if (certificate.Role != expected) return new(RefusalCode.CertificateRole, $"{certificate} is a {certificate.Role.Name()}: a {expected.Name()} is needed");
        if (certificate.Equals(authorities.Root)) return null;
        if (certificate.Role == CertificateRole.Root || authorities.IssuerOf(certificate) is not { } issuer)
            return new(RefusalCode.CertificateUntrusted, $"{certificate} doesn't chain to the pinned root");
        if (IssuingRules.Check(certificate, issuer) is { } broken) return broken;

        return !certificate.Role.IsAuthority() && authorities.IsAuthorityKey(certificate.Key)
            ? new(RefusalCode.CertificateKey, $"the key of {certificate} is a CA's")
            : null;
    }

    private static Refusal? CheckPath(RoleCertificate leaf, TrustedAuthorities authorities, Func<RoleCertificate, Refusal?> check)
    {
        for (var step = leaf; step is not null; step = step.Equals(authorities.Root) ? null : authorities.IssuerOf(step))
        {
            if (check(step) is { } refusal) return refusal;
        }

        return null;
    }

    private static Refusal? CheckNow(RoleCertificate step, TrustedAuthorities authorities, DateTimeOffset time, OverdueLists overdue)
    {
        if (!step.IsValidAt(time)) return Expired(step, time);
        if (step.Equals(authorities.Root)) return null;
        if (authorities.IssuerOf(step) is not { } issuer || authorities.ListOf(issuer) is not { } list) return Missing(step);
        if (list.Revoked.TryGetValue(step.Serial, out var since)) return Revoked(step, since);

        return overdue == OverdueLists.Refused && time > list.NextUpdate
            ? new(RefusalCode.RevocationsOverdue, $"list {list.Number} of {issuer} is overdue since {list.NextUpdate:u}")
            : null;
    }

    private static Refusal? CheckAsOf(RoleCertificate step, TrustedAuthorities authorities, DateTimeOffset recordTime)
    {
        if (!step.IsValidAt(recordTime)) return Expired(step, recordTime);
        if (step.Equals(authorities.Root)) return null;
        if (authorities.IssuerOf(step) is not { } issuer || authorities.ListOf(issuer) is not { } list) return Missing(step);

        return list.Revoked.TryGetValue(step.Serial, out var since) && since <= recordTime ? Revoked(step, since) : null;
    }

    private static Refusal Expired(RoleCertificate step, DateTimeOffset time) =>
        new(RefusalCode.CertificateExpired, $"{step} is valid from {step.NotBefore:u} to {step.NotAfter:u}, not at {time:u}");

    private static Refusal Missing(RoleCertificate step) =>
        new(RefusalCode.RevocationsMissing, $"no revocation list of the CA that issued {step} is known");

    private static Refusal Revoked(RoleCertificate step, DateTimeOffset since) =>
        new(RefusalCode.CertificateRevoked, $"{step} is revoked since {since:u}");
}
